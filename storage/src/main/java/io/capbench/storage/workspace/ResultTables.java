package io.capbench.storage.workspace;

import io.capbench.storage.model.RowKey;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Two tables with what models gave, row by row: one has the results, the other the series that they
 * belong to, which says who gave them, in which shard and of which two columns.
 *
 * @param <R> the result of a row
 */
final class ResultTables<R> {

  /**
   * What the tables are called and have.
   *
   * @param table the one with results; that of their series is called so with {@code _series}
   *     behind
   * @param maker the column of the series that says who gave them
   * @param first the column that names the first of the two columns
   * @param second the column that names the second one
   * @param values the columns of a result beside its series and row, in the order in which they are
   *     set and read
   */
  record Names(String table, String maker, String first, String second, List<String> values) {
    Names {
      values = List.copyOf(values);
    }
  }

  /**
   * Whose results, of which columns.
   *
   * @param maker id of who gave them
   * @param first name of the first column
   * @param second name of the second column
   */
  record Series(long maker, String first, String second) {}

  /** Reads a result from the columns of {@link #columns}. */
  interface Reader<R> {
    R read(ResultSet result) throws SQLException;
  }

  /** Sets the parameters of a result's values; those of {@link Names#values} begin with 3. */
  interface Writer<R> {
    void set(PreparedStatement put, R result) throws SQLException;
  }

  private final WorkspaceConnection connection;
  private final Names names;
  private final Function<R, RowKey> key;
  private final Reader<R> reader;
  private final Writer<R> writer;

  ResultTables(
      WorkspaceConnection connection,
      Names names,
      Function<R, RowKey> key,
      Reader<R> reader,
      Writer<R> writer) {
    this.connection = connection;
    this.names = names;
    this.key = key;
    this.reader = reader;
    this.writer = writer;
  }

  /** What a result is read from: the fingerprint, the row, then the values. */
  String columns() {
    return "fingerprint, " + names.table() + ".row, " + String.join(", ", names.values());
  }

  /** Keeps results in place of any earlier ones, all of them or none. */
  void put(Series series, Collection<R> results) {
    connection.write(
        sql -> {
          Map<String, Long> known = new HashMap<>();
          try (PreparedStatement put =
              sql.prepareStatement(
                  "INSERT OR REPLACE INTO %s (series, row, %s) VALUES (?, ?%s)"
                      .formatted(
                          names.table(),
                          String.join(", ", names.values()),
                          ", ?".repeat(names.values().size())))) {
            for (R result : results) {
              RowKey row = key.apply(result);
              @Nullable Long id = known.get(row.fingerprint());
              if (id == null) {
                id = makeSeries(sql, series, row.fingerprint());
                known.put(row.fingerprint(), id);
              }
              put.setLong(1, id);
              put.setLong(2, row.row());
              writer.set(put, result);
              put.addBatch();
            }
            put.executeBatch();
          }
          return results.size();
        });
  }

  private long makeSeries(Connection sql, Series series, String fingerprint) throws SQLException {
    try (PreparedStatement make =
            sql.prepareStatement(
                "INSERT OR IGNORE INTO %s_series (%s, fingerprint, %s, %s) VALUES (?, ?, ?, ?)"
                    .formatted(names.table(), names.maker(), names.first(), names.second()));
        PreparedStatement query =
            sql.prepareStatement("SELECT id FROM %s_series".formatted(names.table()) + where())) {
      set(make, series, fingerprint);
      set(query, series, fingerprint);
      make.executeUpdate();
      try (ResultSet result = query.executeQuery()) {
        result.next();
        return result.getLong(1);
      }
    }
  }

  /** What restricts a query to the series that {@link #set} sets as its first parameters. */
  String where() {
    return " WHERE %s = ? AND fingerprint = ? AND %s = ? AND %s = ?"
        .formatted(names.maker(), names.first(), names.second());
  }

  /** Sets the four parameters of {@link #where}. */
  static void set(PreparedStatement query, Series series, String fingerprint) throws SQLException {
    query.setLong(1, series.maker());
    query.setString(2, fingerprint);
    query.setString(3, series.first());
    query.setString(4, series.second());
  }

  /** The results of these rows; rows that have none are left out. */
  Map<RowKey, R> of(Series series, Collection<RowKey> keys) {
    String wanted =
        JsonText.of(keys.stream().map(row -> List.of(row.fingerprint(), row.row())).toList());
    return connection.read(
        sql -> {
          Map<RowKey, R> found = new HashMap<>();
          try (PreparedStatement query = sql.prepareStatement(queryOfRows())) {
            query.setString(1, wanted);
            query.setLong(2, series.maker());
            query.setString(3, series.first());
            query.setString(4, series.second());
            try (ResultSet rows = query.executeQuery()) {
              while (rows.next()) {
                R result = reader.read(rows);
                found.put(key.apply(result), result);
              }
            }
          }
          return found;
        });
  }

  private String queryOfRows() {
    return ("SELECT %1$s FROM json_each(?) AS wanted"
            + " CROSS JOIN %2$s_series ON fingerprint = wanted.value ->> 0"
            + " CROSS JOIN %2$s ON series = %2$s_series.id AND %2$s.row = wanted.value ->> 1"
            + " WHERE %3$s = ? AND %4$s = ? AND %5$s = ?")
        .formatted(columns(), names.table(), names.maker(), names.first(), names.second());
  }
}
