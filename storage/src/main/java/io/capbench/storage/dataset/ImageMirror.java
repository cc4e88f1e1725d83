package io.capbench.storage.dataset;

import io.capbench.storage.image.ImageStatus;
import io.capbench.storage.image.ImageStatuses;
import io.capbench.storage.model.ColumnMapping;
import io.capbench.storage.model.ColumnMapping.ImageKind;
import io.capbench.storage.model.RowKey;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
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
  private final Map<String, List<Integer>> shardsByFingerprint;
  private long seen;

  ImageMirror(DuckDatabase database, List<Shard> shards, ImageStatuses statuses)
      throws SQLException {
    this.database = database;
    this.statuses = statuses;
    shardsByFingerprint = Shard.numbers(shards);
    database.run(
        "CREATE TABLE " + URLS + " (url VARCHAR, status VARCHAR)",
        "CREATE TABLE " + ROWS + " (shard INTEGER, row_number BIGINT, status VARCHAR)");
  }

  /** Takes over what changed since the last time; the first time that is everything. */
  synchronized void refresh() throws SQLException {
    Map<String, ImageStatus> changes = new LinkedHashMap<>();
    long now = statuses.forEach(seen, changes::put);
    if (now < seen) { // they were all dropped meanwhile
      database.run("DELETE FROM " + URLS, "DELETE FROM " + ROWS);
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
   * The status of every row: {@code none} for rows without an image, {@code unknown} for images
   * that nobody looked at.
   *
   * @param mapping says which column has the image
   * @param needed the names that the query reads of what Capbench adds
   */
  static QuerySource.Added table(ColumnMapping mapping, AddedNames names, Set<String> needed) {
    String column = mapping.imageColumn();
    String image = column == null ? "true" : QuerySource.visible(column, names, needed);
    String status = names.unused("known_status");
    String value =
        "CASE WHEN %s IS NULL THEN 'none' ELSE coalesce(%s, 'unknown') END AS %s"
            .formatted(image, status, AddedNames.IMAGE_STATUS);
    if (mapping.imageKind() == ImageKind.URL) {
      String url = names.unused("known_url");
      String sql = "(SELECT url AS %s, status AS %s FROM %s)".formatted(url, status, URLS);
      return new QuerySource.Added(sql, url + " = " + image, value);
    }
    String shard = names.unused("known_shard");
    String row = names.unused("known_row");
    String sql =
        "(SELECT shard AS %s, row_number AS %s, status AS %s FROM %s)"
            .formatted(shard, row, status, ROWS);
    boolean none = mapping.imageKind() == ImageKind.NONE;
    return QuerySource.Added.ofRows(
        sql, shard, row, none ? "'none' AS " + AddedNames.IMAGE_STATUS : value);
  }
}
