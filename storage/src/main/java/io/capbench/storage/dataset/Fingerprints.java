package io.capbench.storage.dataset;

import io.capbench.storage.job.JobContext;
import io.capbench.storage.model.CapbenchException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Fingerprints over all bytes of files, remembered in the cache: a folder of tars would take hours
 * to read at every start. A file counts as unchanged if its length, its time of change and its
 * place on the disk are the same, and if it was at rest when it was read.
 */
final class Fingerprints {
  static final String FOLDER = "fingerprints";

  private static final Logger LOG = LoggerFactory.getLogger(Fingerprints.class);
  private static final Pattern DIGITS = Pattern.compile("[0-9a-f]{64}");
  // Some file systems count time in steps of two seconds.
  private static final Duration REST = Duration.ofSeconds(5);

  private final Path folder;

  Fingerprints(Path cache) {
    this.folder = cache.resolve(FOLDER);
  }

  /**
   * The fingerprint of a file; see {@link Fingerprint#ofBytes}.
   *
   * @throws CapbenchException if it cannot be read
   */
  String of(Path file, JobContext context) {
    try {
      Path note = note(file);
      String before = state(file);
      if (Files.exists(note)) {
        String text = Files.readString(note);
        int end = text.lastIndexOf('\n');
        String known = text.substring(end + 1);
        if (end > 0 && text.substring(0, end).equals(before) && DIGITS.matcher(known).matches()) {
          return known;
        }
      }
      String fingerprint = Fingerprint.ofBytes(file, context);
      Instant changed = Files.getLastModifiedTime(file).toInstant();
      if (before.equals(state(file)) && changed.plus(REST).isBefore(Instant.now())) {
        keep(note, before + "\n" + fingerprint);
      }
      return fingerprint;
    } catch (IOException e) {
      throw Fingerprint.unreadable(file, e);
    }
  }

  private void keep(Path note, String text) {
    try {
      Files.createDirectories(folder);
      Files.writeString(note, text);
    } catch (IOException e) {
      LOG.warn("A fingerprint cannot be kept, and is made again the next time: {}", e.toString());
    }
  }

  private static String state(Path file) throws IOException {
    BasicFileAttributes attributes = Files.readAttributes(file, BasicFileAttributes.class);
    return attributes.size()
        + " "
        + attributes.lastModifiedTime().toInstant()
        + " "
        + attributes.fileKey()
        + " "
        + file.toRealPath();
  }

  private Path note(Path file) throws IOException {
    try {
      byte[] name = file.toRealPath().toString().getBytes(StandardCharsets.UTF_8);
      byte[] digest = MessageDigest.getInstance("SHA-256").digest(name);
      return folder.resolve(HexFormat.of().formatHex(digest));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every Java platform has SHA-256", e);
    }
  }
}
