package io.capbench.storage.image;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
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
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Images from the web on the disk. Files are named by the SHA-256 of what is in them, so an image
 * that many addresses lead to is kept once, and are written whole or not at all, so that several
 * programs may use one folder. The modification time of an image is that of its last use. A cache
 * that cannot be read or written is as good as empty: it costs time, not images. Thread-safe.
 */
final class WebCache {
  private static final Logger LOG = LoggerFactory.getLogger(WebCache.class);
  private static final String PART = ".part";
  private static final Duration PART_KEPT = Duration.ofHours(1);

  private final Path folder;
  private final long bound;
  private long unseen;

  /**
   * A cache in a folder, which is made when something is kept.
   *
   * @param bound how many bytes it may take on the disk
   */
  WebCache(Path folder, long bound) {
    this.folder = folder;
    this.bound = bound;
    this.unseen = bound; // what is there from earlier is looked at before the first image is kept
  }

  /** The bytes of that hash, if they are kept and whole. */
  Optional<byte[]> image(String content) {
    Path file = file(content);
    try {
      byte[] bytes = Files.readAllBytes(file);
      if (!content.equals(hash(bytes))) {
        LOG.warn("A kept image is damaged and is fetched again: {}", file);
        delete(file);
        return Optional.empty();
      }
      touch(file);
      return Optional.of(bytes);
    } catch (NoSuchFileException e) {
      return Optional.empty();
    } catch (IOException e) {
      LOG.warn("A kept image cannot be read and is fetched again: {}", e.toString());
      return Optional.empty();
    }
  }

  /**
   * Keeps an image, and drops those unused for longest if there are too many.
   *
   * @return the hash to ask for it by
   */
  String keep(byte[] bytes) {
    String content = hash(bytes);
    keep(file(content), bytes);
    return content;
  }

  /** How many files there are, and how many bytes they have. */
  WebImages.Size size() {
    try {
      List<Kept> files = files();
      return new WebImages.Size(files.size(), files.stream().mapToLong(Kept::length).sum());
    } catch (IOException e) {
      LOG.warn("The images in {} cannot be counted: {}", folder, e.toString());
      return new WebImages.Size(0, 0);
    }
  }

  /** Removes everything that is kept. */
  void clear() throws IOException {
    for (Kept kept : files()) {
      Files.deleteIfExists(kept.file());
    }
  }

  private synchronized void keep(Path file, byte[] bytes) {
    try {
      // Looked at often enough that two programs together stay below the bound.
      unseen += bytes.length;
      if (unseen > bound / 32) {
        makeRoom(bytes.length);
        unseen = 0;
      }
      if (bytes.length > bound / 2 || Files.exists(file)) {
        return;
      }
      Path parent = Files.createDirectories(file.resolveSibling(""));
      Path part = Files.createTempFile(parent, String.valueOf(file.getFileName()), PART);
      try {
        Files.write(part, bytes);
        Files.move(part, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
      } finally {
        Files.deleteIfExists(part);
      }
    } catch (IOException e) {
      LOG.warn("An image from the web cannot be kept in {}: {}", folder, e.toString());
    }
  }

  private record Kept(Path file, FileTime used, long length) {}

  private void makeRoom(long wanted) throws IOException {
    List<Kept> files = files();
    long length = wanted + files.stream().mapToLong(Kept::length).sum();
    if (length <= bound - bound / 16) {
      return;
    }
    files.sort(Comparator.comparing(Kept::used));
    for (Kept oldest : files) {
      if (length <= bound - bound / 8) {
        break;
      }
      delete(oldest.file());
      length -= oldest.length();
    }
  }

  /** What is kept; parts that a killed program left are removed on the way. */
  private List<Kept> files() throws IOException {
    List<Kept> files = new ArrayList<>();
    if (!Files.isDirectory(folder)) {
      return files;
    }
    Files.walkFileTree(
        folder,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
            FileTime used = attributes.lastModifiedTime();
            if (file.toString().endsWith(PART)) {
              if (older(used, PART_KEPT)) {
                delete(file);
              }
            } else if (!folder.equals(file.getParent())) { // beside them are the statuses
              files.add(new Kept(file, used, attributes.size()));
            }
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult visitFileFailed(Path file, IOException e) {
            LOG.debug("{} has gone meanwhile", file, e);
            return FileVisitResult.CONTINUE;
          }
        });
    return files;
  }

  private static void touch(Path file) {
    try {
      Files.setLastModifiedTime(file, FileTime.from(Instant.now()));
    } catch (IOException e) {
      LOG.debug("The use of {} cannot be noted, or it was dropped meanwhile", file, e);
    }
  }

  private static void delete(Path file) {
    try {
      Files.deleteIfExists(file);
    } catch (IOException e) {
      LOG.warn("A kept image cannot be removed: {}", e.toString());
    }
  }

  private static boolean older(FileTime time, Duration age) {
    return time.toInstant().isBefore(Instant.now().minus(age));
  }

  private Path file(String content) {
    return folder.resolve(content.substring(0, 2)).resolve(content);
  }

  private static String hash(byte[] bytes) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every Java has SHA-256", e);
    }
  }
}
