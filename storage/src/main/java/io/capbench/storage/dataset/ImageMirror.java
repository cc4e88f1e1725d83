package io.capbench.storage.dataset;

import io.capbench.storage.image.ImageStatus;
import io.capbench.storage.image.ImageStatuses;
import io.capbench.storage.model.ColumnMapping;
import io.capbench.storage.model.ColumnMapping.ImageKind;
import io.capbench.storage.model.RowKey;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.duckdb.DuckDBAppender;
import org.duckdb.DuckDBConnection;

/**
 * A copy of what is known of images for filters to join with: by address for images on the web, by
 * row for those of this dataset that are files or cells. Thread-safe.
 */
final class ImageMirror {
  private static final String URLS = "image_urls";
  private static final String ROWS = "image_rows";

  private final DuckDatabase database;
  private final ImageStatuses statuses;
  private final Map<String, List<Integer>> shardsByFingerprint = new HashMap<>();
  private long seen;

  ImageMirror(DuckDatabase database, List<Shard> shards, ImageStatuses statuses)
      throws SQLException {
    this.database = database;
    this.statuses = statuses;
    for (int i = 0; i < shards.size(); i++) {
      shardsByFingerprint
          .computeIfAbsent(shards.get(i).fingerprint(), fingerprint -> new ArrayList<>())
          .add(i);
    }
    execute(
        "CREATE TABLE " + URLS + " (url VARCHAR, status VARCHAR)",
        "CREATE TABLE " + ROWS + " (shard INTEGER, row_number BIGINT, status VARCHAR)");
  }

  private void execute(String... statements) throws SQLException {
    try (DuckDBConnection connection = database.connect();
        Statement statement = connection.createStatement()) {
      for (String sql : statements) {
        statement.execute(sql);
      }
    }
  }

  /** Takes over what changed since the last time; the first time that is everything. */
  synchronized void refresh() throws SQLException {
    Map<String, ImageStatus> changes = new LinkedHashMap<>();
    long now = statuses.forEach(seen, changes::put);
    if (now < seen) { // they were all dropped meanwhile
      execute("DELETE FROM " + URLS, "DELETE FROM " + ROWS);
      now = statuses.forEach(0, changes::put);
    }
    if (!changes.isEmpty()) {
      take(changes);
    }
    seen = now;
  }

  private void take(Map<String, ImageStatus> changes) throws SQLException {
    try (DuckDBConnection connection = database.connect()) {
      connection.setAutoCommit(false);
      try (Statement statement = connection.createStatement()) {
        statement.execute("CREATE OR REPLACE TEMP TABLE new_urls AS FROM " + URLS + " LIMIT 0");
        statement.execute("CREATE OR REPLACE TEMP TABLE new_rows AS FROM " + ROWS + " LIMIT 0");
        try (DuckDBAppender urls = connection.createAppender("temp", "main", "new_urls");
            DuckDBAppender rows = connection.createAppender("temp", "main", "new_rows")) {
          for (Map.Entry<String, ImageStatus> change : changes.entrySet()) {
            append(change.getKey(), change.getValue().id(), urls, rows);
          }
        }
        statement.execute(
            "DELETE FROM " + URLS + " USING new_urls n WHERE " + URLS + ".url = n.url");
        statement.execute(
            "DELETE FROM %1$s USING new_rows n WHERE %1$s.shard = n.shard AND %1$s.row_number ="
                    .formatted(ROWS)
                + " n.row_number");
        statement.execute("INSERT INTO " + URLS + " FROM new_urls");
        statement.execute("INSERT INTO " + ROWS + " FROM new_rows");
      }
      connection.commit();
    }
  }

  private void append(String key, String status, DuckDBAppender urls, DuckDBAppender rows)
      throws SQLException {
    int colon = key.indexOf(':');
    List<Integer> shards = colon < 0 ? null : shardsByFingerprint.get(key.substring(0, colon));
    if (shards == null) {
      urls.beginRow().append(key).append(status).endRow();
      return;
    }
    for (int shard : shards) {
      rows.beginRow().append(shard).append(RowKey.parse(key).row()).append(status).endRow();
    }
  }

  /**
   * A subquery with the status of every row: {@code none} for rows without an image, {@code
   * unknown} for images that nobody looked at. Its three columns have the given names.
   *
   * @param scan the shards, as {@link Sql#parquet} writes them
   * @param mapping says which column has the image
   * @param shard name of the column with the shard's number, from 0
   * @param row name of the column with the row's number in it
   * @param status name of the column with the status
   */
  static String table(String scan, ColumnMapping mapping, String shard, String row, String status) {
    String column = mapping.imageColumn();
    if (column == null && mapping.imageKind() == ImageKind.NONE) {
      return "(SELECT file_index AS %s, file_row_number AS %s, 'none' AS %s FROM %s)"
          .formatted(shard, row, status, scan);
    }
    String image = column == null ? "true" : Sql.identifier(column);
    String join =
        mapping.imageKind() == ImageKind.URL
            ? URLS + " known ON known.url = image"
            : ROWS + " known ON known.shard = image_shard AND known.row_number = image_row";
    return ("(SELECT image_shard AS %s, image_row AS %s, CASE WHEN image IS NULL THEN 'none' ELSE"
            + " coalesce(known.status, 'unknown') END AS %s FROM (SELECT file_index AS image_shard,"
            + " file_row_number AS image_row, %s AS image FROM %s) LEFT JOIN %s)")
        .formatted(shard, row, status, image, scan, join);
  }
}
