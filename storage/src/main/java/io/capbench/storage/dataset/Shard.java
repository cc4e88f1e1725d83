package io.capbench.storage.dataset;

import io.capbench.storage.image.ArchiveFile;
import io.capbench.storage.model.ColumnInfo;
import io.capbench.storage.model.ShardInfo;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A readable file of a dataset.
 *
 * @param info what others see of it
 * @param fingerprint of the file that the person named
 * @param parquet the file that rows are read from: itself, or its import in the cache
 * @param modified when that file was changed last, as it was opened
 * @param images the folder or the zip with the images that it lists by name, or null
 * @param archive the tar or zip that images are read from, or null
 * @param columns its own columns, as it spells them
 */
record Shard(
    ShardInfo info,
    String fingerprint,
    Path parquet,
    FileTime modified,
    @Nullable Path images,
    @Nullable ArchiveFile archive,
    List<ColumnInfo> columns) {
  Shard {
    columns = List.copyOf(columns);
  }

  /** The numbers that shards have in this order, by fingerprint; copies of a file share theirs. */
  static Map<String, List<Integer>> numbers(List<Shard> shards) {
    Map<String, List<Integer>> numbers = new HashMap<>();
    for (int i = 0; i < shards.size(); i++) {
      numbers.computeIfAbsent(shards.get(i).fingerprint(), unknown -> new ArrayList<>()).add(i);
    }
    return numbers;
  }

  /**
   * Whether another file stands in the place of the one that was opened. Its rows would have the
   * old file's keys, and decisions on them would be decisions on other rows.
   *
   * @throws IOException if it cannot be looked at
   */
  boolean changed() throws IOException {
    return !Files.getLastModifiedTime(parquet).equals(modified);
  }

  /** The file's name, for people. */
  String name() {
    return info.path().getFileName().toString();
  }

  /** Whether it lists images by name. */
  boolean listsImages() {
    return images != null;
  }

  /** The folder that image file names are relative to. */
  Path folder() {
    if (images != null && archive == null) {
      return images;
    }
    Path folder = info.path().toAbsolutePath().getParent();
    return folder == null ? info.path().toAbsolutePath() : folder;
  }

  /** Its column of that name in whatever case, as DuckDB matches names. */
  Optional<ColumnInfo> column(String name) {
    return columns.stream().filter(column -> column.name().equalsIgnoreCase(name)).findFirst();
  }
}
