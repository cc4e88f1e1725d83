package io.capbench.storage.dataset;

import io.capbench.storage.model.ShardInfo;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells which files of a dataset are no longer as they were when it was opened. Thread-safe. */
final class ShardWatch {
  private static final Logger LOG = LoggerFactory.getLogger(ShardWatch.class);

  private final Map<Path, State> opened = new LinkedHashMap<>();

  /** How a file is; its key is the inode, which a file that is moved into its place changes. */
  private record State(long bytes, FileTime modified, @Nullable Object key) {
    static State of(Path file) throws IOException {
      BasicFileAttributes now = Files.readAttributes(file, BasicFileAttributes.class);
      return new State(now.size(), now.lastModifiedTime(), now.fileKey());
    }
  }

  /**
   * Takes the files as they are now for what was opened.
   *
   * @param shards those that cannot be read are left out
   */
  ShardWatch(List<ShardInfo> shards) {
    for (ShardInfo shard : shards) {
      if (shard.readable()) {
        try {
          opened.put(shard.path(), State.of(shard.path()));
        } catch (IOException e) {
          // It went in the moment after it was opened: its rows say so when they are read.
          LOG.warn("{} cannot be watched", shard.path(), e);
        }
      }
    }
  }

  /** What changed since; asks the file system for every file, which may take long. */
  List<ShardChange> changes() {
    List<ShardChange> changes = new ArrayList<>();
    opened.forEach(
        (path, before) ->
            change(path, before).ifPresent(kind -> changes.add(new ShardChange(path, kind))));
    return changes;
  }

  private static Optional<ShardChange.Kind> change(Path path, State before) {
    try {
      State now = State.of(path);
      if (now.equals(before)) {
        return Optional.empty();
      }
      return Optional.of(
          now.bytes() > before.bytes() ? ShardChange.Kind.GROWN : ShardChange.Kind.REPLACED);
    } catch (NoSuchFileException | NotDirectoryException e) {
      Path folder = path.toAbsolutePath().getParent();
      // A drive that is gone takes its folders along; a file that was deleted leaves its folder.
      return Optional.of(
          folder != null && Files.isDirectory(folder)
              ? ShardChange.Kind.DELETED
              : ShardChange.Kind.UNREACHABLE);
    } catch (IOException e) {
      LOG.debug("{} cannot be looked at", path, e);
      return Optional.of(ShardChange.Kind.UNREACHABLE);
    }
  }
}
