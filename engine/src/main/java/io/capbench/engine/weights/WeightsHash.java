package io.capbench.engine.weights;

import io.capbench.storage.job.JobContext;
import io.capbench.storage.model.CapbenchException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.CancellationException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * SHA-256 of a model's files, so that results can be kept by the model that made them. What a file
 * hashes to is kept by its path, size and time of change: gigabytes are read once. Thread-safe.
 */
public final class WeightsHash {
  private static final Logger LOG = LoggerFactory.getLogger(WeightsHash.class);
  private static final int BUFFER = 1 << 20;
  private static final int HEX_DIGITS = 64;

  /** A file that changed this lately may change again without its time showing it. */
  private static final Duration UNSETTLED = Duration.ofSeconds(2);

  private final Path cache;

  /**
   * Hashes with a memory.
   *
   * @param cache the folder to keep hashes in; made when needed
   */
  public WeightsHash(Path cache) {
    this.cache = cache;
  }

  /**
   * One hash for several files: what {@code sha256sum NAMES | sha256sum} prints in their folder,
   * with the names in the order of their letters. It changes when a file changes, comes, goes or is
   * renamed, and not when the folder moves.
   *
   * @param files their names differ
   * @param context told of progress in bytes; may cancel
   * @return 64 lower-case hex digits
   * @throws CapbenchException if a file cannot be read
   * @throws CancellationException if cancelled
   */
  public String ofAll(List<Path> files, JobContext context) {
    List<Path> ordered = new ArrayList<>(files);
    ordered.sort(Comparator.comparing(file -> String.valueOf(file.getFileName())));
    long total = 0;
    for (Path file : ordered) {
      total += size(file);
    }
    MessageDigest all = sha256();
    long done = 0;
    for (Path file : ordered) {
      String line = of(file, done, total, context) + "  " + file.getFileName() + "\n";
      all.update(line.getBytes(StandardCharsets.UTF_8));
      done += size(file);
      context.progress(done, total, "bytes");
    }
    return HexFormat.of().formatHex(all.digest());
  }

  /**
   * The hash of one file: what {@code sha256sum} prints.
   *
   * @param context told of progress in bytes; may cancel
   * @return 64 lower-case hex digits
   * @throws CapbenchException if the file cannot be read
   * @throws CancellationException if cancelled
   */
  public String of(Path file, JobContext context) {
    return of(file, 0, size(file), context);
  }

  private String of(Path file, long done, long total, JobContext context) {
    try {
      BasicFileAttributes before = Files.readAttributes(file, BasicFileAttributes.class);
      Path kept = kept(file.toRealPath(), before);
      if (Files.isRegularFile(kept)) {
        String hash = Files.readString(kept, StandardCharsets.US_ASCII);
        if (hash.length() == HEX_DIGITS) {
          return hash;
        }
      }
      String hash = read(file, done, total, context);
      BasicFileAttributes after = Files.readAttributes(file, BasicFileAttributes.class);
      Instant settled = after.lastModifiedTime().toInstant().plus(UNSETTLED);
      if (settled.isBefore(Instant.now()) && kept.equals(kept(file.toRealPath(), after))) {
        keep(kept, hash);
      }
      return hash;
    } catch (ClosedByInterruptException e) {
      CancellationException cancelled =
          new CancellationException("Reading " + file + " was interrupted");
      cancelled.initCause(e);
      throw cancelled;
    } catch (IOException e) {
      throw WeightFile.unreadable(file, e);
    }
  }

  private static String read(Path file, long done, long total, JobContext context)
      throws IOException {
    MessageDigest sha = sha256();
    ByteBuffer buffer = ByteBuffer.allocate(BUFFER);
    long read = done;
    try (FileChannel in = FileChannel.open(file)) {
      while (in.read(buffer) >= 0) {
        context.checkCancelled();
        buffer.flip();
        read += buffer.remaining();
        sha.update(buffer);
        buffer.clear();
        context.progress(read, total, "bytes");
      }
    }
    return HexFormat.of().formatHex(sha.digest());
  }

  private Path kept(Path file, BasicFileAttributes attributes) {
    FileTime changed = attributes.lastModifiedTime();
    String key = file + "\n" + attributes.size() + "\n" + changed.toInstant();
    byte[] name = sha256().digest(key.getBytes(StandardCharsets.UTF_8));
    return cache.resolve(HexFormat.of().formatHex(name));
  }

  /** A hash that cannot be kept is counted again next time. */
  private void keep(Path kept, String hash) {
    try {
      Files.createDirectories(cache);
      Path part = Files.createTempFile(cache, "hash", ".part");
      Files.writeString(part, hash, StandardCharsets.US_ASCII);
      Files.move(part, kept, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      LOG.warn("Cannot keep a model's hash in {}; it is computed again next time", cache, e);
    }
  }

  private static long size(Path file) {
    try {
      return Files.size(file);
    } catch (IOException e) {
      throw WeightFile.unreadable(file, e);
    }
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every Java platform has SHA-256", e);
    }
  }
}
