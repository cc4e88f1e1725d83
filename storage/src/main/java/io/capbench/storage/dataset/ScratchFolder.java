package io.capbench.storage.dataset;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A folder for files that nobody needs once this program is done with them. A program that is
 * killed leaves it behind; the next one that makes such a folder in the same place removes it.
 *
 * <p>Whether a folder is still in use is known by a lock on the file {@code NAME.lock} beside it,
 * which the system lets go of when its program ends, however it ends. On some systems a program
 * loses its lock as soon as it closes the file anywhere, so nobody opens lock files of their own:
 * those are known by the process id and its start in their name.
 */
final class ScratchFolder implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(ScratchFolder.class);
  private static final String PREFIX = "scratch-";
  private static final String LOCK = ".lock";
  private static final Pattern LOCK_NAME =
      Pattern.compile("(scratch-\\d+-\\d+)-[0-9a-f-]{36}\\.lock");

  private final Path folder;
  private final Path lockFile;
  private final FileChannel channel;

  /**
   * Makes a folder, and removes those that ended programs left in the same place.
   *
   * @param parent where to make it; made if it does not exist
   * @throws IOException if it cannot be made
   */
  ScratchFolder(Path parent) throws IOException {
    Files.createDirectories(parent);
    sweep(parent);
    Path name = parent.resolve(own() + "-" + UUID.randomUUID());
    lockFile = name.resolveSibling(name.getFileName() + LOCK);
    channel = lock(lockFile);
    boolean made = false;
    try {
      folder = Files.createDirectory(name);
      made = true;
    } finally {
      if (!made) {
        channel.close();
      }
    }
  }

  /** The folder. */
  Path path() {
    return folder;
  }

  private static String own() {
    ProcessHandle self = ProcessHandle.current();
    long start = self.info().startInstant().map(Instant::toEpochMilli).orElse(0L);
    return PREFIX + self.pid() + "-" + start;
  }

  // A sweeper may hold or have removed a lock file that is not locked yet: then a new one is made.
  private static FileChannel lock(Path file) throws IOException {
    while (true) {
      FileChannel channel =
          FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
      boolean kept = false;
      try {
        FileLock lock = channel.tryLock();
        kept = lock != null && Files.exists(file);
        if (kept) {
          return channel;
        }
      } finally {
        if (!kept) {
          channel.close();
        }
      }
    }
  }

  private static void sweep(Path parent) throws IOException {
    List<Path> left;
    try (Stream<Path> entries = Files.list(parent)) {
      left = entries.filter(entry -> isForeign(entry.getFileName().toString())).toList();
    }
    for (Path file : left) {
      try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
        if (tryLock(channel) != null) {
          String name = file.getFileName().toString();
          remove(file.resolveSibling(name.substring(0, name.length() - LOCK.length())));
          Files.deleteIfExists(file);
          LOG.info("Removed what an ended program left in {}", file);
        }
      } catch (NoSuchFileException e) {
        LOG.debug("Another program removed {} first", file, e);
      } catch (IOException e) {
        LOG.info("{} stays: it cannot be removed", file, e);
      }
    }
  }

  private static boolean isForeign(String name) {
    Matcher matcher = LOCK_NAME.matcher(name);
    return matcher.matches() && !matcher.group(1).equals(own());
  }

  private static @Nullable FileLock tryLock(FileChannel channel) throws IOException {
    try {
      return channel.tryLock();
    } catch (OverlappingFileLockException e) {
      return null;
    }
  }

  private static void remove(Path tree) throws IOException {
    if (Files.exists(tree)) {
      try (Stream<Path> files = Files.walk(tree)) {
        for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
          Files.deleteIfExists(file);
        }
      }
    }
  }

  /**
   * Removes the folder and what is in it. Idempotent.
   *
   * @throws IOException if that cannot be; a later program tries again
   */
  @Override
  public void close() throws IOException {
    try (channel) {
      remove(folder);
      Files.deleteIfExists(lockFile);
    }
  }
}
