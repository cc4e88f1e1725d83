package io.capbench.storage.model;

import java.util.List;

/**
 * What is known of an opened dataset without reading its rows.
 *
 * @param name what to call it: the file's or the folder's name
 * @param shards its files, in order, unreadable ones among them
 * @param columns the columns of its readable shards
 * @param mapping which columns are captions and image
 */
public record DatasetInfo(
    String name, List<ShardInfo> shards, List<ColumnInfo> columns, ColumnMapping mapping) {
  public DatasetInfo {
    shards = List.copyOf(shards);
    columns = List.copyOf(columns);
  }

  /** Number of rows in all readable shards. */
  public long rows() {
    return shards.stream().mapToLong(ShardInfo::rows).sum();
  }
}
