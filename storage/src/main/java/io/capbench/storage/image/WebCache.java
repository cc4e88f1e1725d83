package io.capbench.storage.image;

import io.capbench.storage.image.ImageException.Reason;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
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
import java.util.Arrays;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Images from the web on the disk, and what is known not to be there. Files are named by the
 * SHA-256 of their address and written whole or not at all, so that several programs may use one
 * folder. The modification time of an image is that of its last use. A cache that cannot be read or
 * written is as good as empty: it costs time, not images. Thread-safe.
 */
final class WebCache {
  private static final Logger LOG = LoggerFactory.getLogger(WebCache.class);
  private static final String FAILURE = ".failure";
  private static final String PART = ".part";
  private static final Duration FAILURE_KEPT = Duration.ofDays(1);
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

  /** The bytes that were kept for an address. */
  Optional<byte[]> image(WebAddress address) {
    Path file = file(address, "");
    try {
      byte[] bytes = Files.readAllBytes(file);
      touch(file);
      return Optional.of(bytes);
    } catch (NoSuchFileException e) {
      return Optional.empty();
    } catch (IOException e) {
      LOG.warn("A kept image cannot be read and is fetched again: {}", e.toString());
      return Optional.empty();
    }
  }

  /** Why an address was found to have no image, within the last day. */
  Optional<ImageException> failure(WebAddress address) {
    Path file = file(address, FAILURE);
    try {
      if (older(Files.getLastModifiedTime(file), FAILURE_KEPT)) {
        return Optional.empty();
      }
      String text = Files.readString(file);
      int end = text.indexOf('\n');
      String name = text.substring(0, Math.max(end, 0));
      return Arrays.stream(Reason.values())
          .filter(reason -> reason.name().equals(name))
          .findFirst()
          .map(reason -> new ImageException(reason, text.substring(end + 1)));
    } catch (NoSuchFileException e) {
      return Optional.empty();
    } catch (IOException e) {
      LOG.warn("A kept failure cannot be read: {}", e.toString());
      return Optional.empty();
    }
  }

  /** Keeps an image, and drops those unused for longest if there are too many. */
  void keep(WebAddress address, byte[] bytes) {
    keep(file(address, ""), bytes);
  }

  /** Keeps a failure for a day. */
  void keep(WebAddress address, WebTrouble trouble) {
    String text = trouble.reason().name() + "\n" + trouble.getMessage();
    keep(file(address, FAILURE), text.getBytes(StandardCharsets.UTF_8));
  }

  /** Drops what was kept for an address. */
  void drop(WebAddress address) {
    delete(file(address, ""));
  }

  private synchronized void keep(Path file, byte[] bytes) {
    try {
      // Looked at often enough that two programs together stay below the bound.
      unseen += bytes.length;
      if (unseen > bound / 32) {
        makeRoom(bytes.length);
        unseen = 0;
      }
      if (bytes.length > bound / 2) {
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
    List<Kept> files = new ArrayList<>();
    if (!Files.isDirectory(folder)) {
      return;
    }
    Files.walkFileTree(
        folder,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
            String name = file.toString();
            FileTime used = attributes.lastModifiedTime();
            if ((name.endsWith(FAILURE) && older(used, FAILURE_KEPT))
                || (name.endsWith(PART) && older(used, PART_KEPT))) {
              delete(file);
            } else {
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

  private Path file(WebAddress address, String suffix) {
    try {
      byte[] digest =
          MessageDigest.getInstance("SHA-256")
              .digest(address.toString().getBytes(StandardCharsets.UTF_8));
      String name = HexFormat.of().formatHex(digest);
      return folder.resolve(name.substring(0, 2)).resolve(name + suffix);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every Java has SHA-256", e);
    }
  }
}
