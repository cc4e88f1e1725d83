package io.capbench.storage.source;

import io.capbench.storage.job.JobContext;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The images directly inside a folder, with the captions and fields in files of the same name: what
 * stands before the last dot. Not thread-safe.
 */
public final class FolderSamples {
  private static final Logger LOG = LoggerFactory.getLogger(FolderSamples.class);
  private static final List<String> BESIDE = List.of("txt", "caption", "json");

  private final Path folder;
  private final List<String> images;
  private final Set<String> names;

  /** Lists a folder; reads no file. */
  public FolderSamples(Path folder) throws IOException {
    this.folder = folder;
    try (Stream<Path> entries = Files.list(folder)) {
      this.names = new TreeSet<>(entries.map(path -> path.getFileName().toString()).toList());
    }
    this.images =
        names.stream()
            .filter(name -> isImage(Path.of(name)))
            .map(Path::of)
            .sorted(PathPattern.NATURAL)
            .map(Path::toString)
            .toList();
  }

  /** Whether a file is named like an image, and not hidden. */
  static boolean isImage(Path file) {
    String name = file.getFileName().toString();
    int dot = name.lastIndexOf('.');
    String extension = name.substring(dot + 1).toLowerCase(Locale.ROOT);
    return dot > 0 && !name.startsWith(".") && Sample.use(extension) == Sample.Use.IMAGE;
  }

  /** A file's name without its last extension. */
  static String stem(String name) {
    int dot = name.lastIndexOf('.');
    return dot < 0 ? name : name.substring(0, dot);
  }

  /**
   * What the folder is known by: names and lengths of its images, and all their captions and
   * fields; lower-case hex SHA-256.
   *
   * @throws java.util.concurrent.CancellationException if cancelled
   */
  public String fingerprint(JobContext context) throws IOException {
    MessageDigest sha = sha256();
    long done = 0;
    for (String image : images) {
      context.checkCancelled();
      put(sha, image);
      put(sha, String.valueOf(Files.size(folder.resolve(image))));
      for (String extension : BESIDE) {
        Path beside = folder.resolve(stem(image) + "." + extension);
        if (names.contains(beside.getFileName().toString()) && readable(beside)) {
          put(sha, extension);
          put(sha, new String(Files.readAllBytes(beside), StandardCharsets.ISO_8859_1));
        }
      }
      context.progress(++done, images.size(), "images");
    }
    return HexFormat.of().formatHex(sha.digest());
  }

  /** How many bytes the images have. */
  public long bytes() throws IOException {
    long bytes = 0;
    for (String image : images) {
      bytes += Files.size(folder.resolve(image));
    }
    return bytes;
  }

  /**
   * Reads the samples, in the natural order of the images' names.
   *
   * @throws java.util.concurrent.CancellationException if cancelled
   */
  public void read(SampleLines lines, JobContext context) throws IOException {
    for (String image : images) {
      context.checkCancelled();
      Sample sample = new Sample(stem(image));
      for (String extension : BESIDE) {
        Path beside = folder.resolve(stem(image) + "." + extension);
        if (!names.contains(beside.getFileName().toString()) || !readable(beside)) {
          continue;
        }
        byte[] content = Files.readAllBytes(beside);
        if (!sample.takes(content.length)) {
          LOG.info("{} is left out: the files beside {} are too long together", beside, image);
        } else if (extension.equals("json")) {
          sample.json(content);
        } else {
          sample.text(extension, content);
        }
      }
      sample.addTo(lines, Map.of("file_name", image));
      context.progress(lines.rows(), images.size(), "images");
    }
  }

  private static boolean readable(Path file) throws IOException {
    if (Files.isRegularFile(file) && Files.size(file) <= Sample.MAX_TEXT) {
      return true;
    }
    LOG.info("{} is left out: it is no file, or has more than {} bytes", file, Sample.MAX_TEXT);
    return false;
  }

  private static void put(MessageDigest sha, String part) {
    byte[] bytes = part.getBytes(StandardCharsets.UTF_8);
    sha.update((bytes.length + ":").getBytes(StandardCharsets.US_ASCII));
    sha.update(bytes);
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every Java platform has SHA-256", e);
    }
  }
}
