package io.capbench.app.cli;

import io.capbench.storage.model.CapbenchException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Where a benchmark puts its files: a folder that somebody named, or one that is removed again. */
final class BenchFolder implements AutoCloseable {
  private final Path path;
  private final boolean temporary;

  /**
   * Makes the folder.
   *
   * @param dir named by a person, or null
   */
  BenchFolder(Session session, @Nullable Path dir) {
    Path parent = dir == null ? session.folders().cache() : dir;
    this.temporary = dir == null;
    try {
      Files.createDirectories(parent);
      this.path = temporary ? Files.createTempDirectory(parent, "bench-") : parent;
    } catch (IOException e) {
      throw new CapbenchException(
          parent + " cannot be written: " + e + "; name another folder with --dir", e);
    }
  }

  Path path() {
    return path;
  }

  /** Removes it with all that is in it, unless a person named it. */
  @Override
  public void close() {
    if (!temporary) {
      return;
    }
    try (Stream<Path> files = Files.walk(path)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(file);
      }
    } catch (IOException e) {
      throw new CapbenchException(path + " cannot be removed: " + e + "; remove it", e);
    }
  }
}
