package io.capbench.storage.workspace;

import io.capbench.storage.model.Decision;
import io.capbench.storage.model.RowKey;
import io.capbench.storage.model.Verdict;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The two tables of decisions as records. Every method is part of the caller's transaction. */
final class DecisionTables {
  static final String ENTRY_COLUMNS =
      "id, at, annotator, fingerprint, row, shard, content_hash, action, verdict, track, text,"
          + " span_start, span_end, note, reference, session";
  static final String DECISION_COLUMNS =
      "fingerprint, row, verdict, preferred_track, edited_track, edited_text, tags, spans,"
          + " annotator, at";

  private DecisionTables() {}

  /** Writes an entry and brings the current view of its row up to date. */
  static DecisionEntry append(Connection sql, DecisionEntry entry) throws SQLException {
    DecisionEntry written = insert(sql, entry);
    refold(sql, entry.key());
    return written;
  }

  private static DecisionEntry insert(Connection sql, DecisionEntry entry) throws SQLException {
    try (PreparedStatement insert =
        sql.prepareStatement(
            "INSERT INTO decision_log (at, annotator, fingerprint, row, shard, content_hash,"
                + " action, verdict, track, text, span_start, span_end, note, reference, session)"
                + " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) RETURNING "
                + ENTRY_COLUMNS)) {
      insert.setLong(1, entry.at().toEpochMilli());
      insert.setString(2, entry.annotator());
      insert.setString(3, entry.key().fingerprint());
      insert.setLong(4, entry.key().row());
      insert.setString(5, entry.shard());
      insert.setString(6, entry.contentHash());
      insert.setString(7, entry.action().id());
      insert.setString(8, id(entry.verdict()));
      insert.setString(9, entry.track());
      insert.setString(10, entry.text());
      setNumber(insert, 11, entry.span() == null ? null : (long) entry.span().start());
      setNumber(insert, 12, entry.span() == null ? null : (long) entry.span().end());
      insert.setString(13, entry.note());
      setNumber(insert, 14, entry.reference());
      insert.setString(15, entry.session());
      try (ResultSet result = insert.executeQuery()) {
        result.next();
        return entry(result);
      }
    }
  }

  private static void refold(Connection sql, RowKey key) throws SQLException {
    List<DecisionEntry> entries = new ArrayList<>();
    try (PreparedStatement query =
        sql.prepareStatement(
            "SELECT "
                + ENTRY_COLUMNS
                + " FROM decision_log WHERE fingerprint = ? AND row = ? ORDER BY id")) {
      query.setString(1, key.fingerprint());
      query.setLong(2, key.row());
      try (ResultSet result = query.executeQuery()) {
        while (result.next()) {
          entries.add(entry(result));
        }
      }
    }
    store(sql, key, DecisionFold.fold(key, entries));
  }

  /** What the current view says of a row. */
  static Optional<Decision> current(Connection sql, RowKey key) throws SQLException {
    try (PreparedStatement query =
        sql.prepareStatement(
            "SELECT " + DECISION_COLUMNS + " FROM decision WHERE fingerprint = ? AND row = ?")) {
      query.setString(1, key.fingerprint());
      query.setLong(2, key.row());
      try (ResultSet result = query.executeQuery()) {
        return result.next() ? Optional.of(decision(result)) : Optional.empty();
      }
    }
  }

  /** Makes the current view of a row say that. */
  static void store(Connection sql, RowKey key, Optional<Decision> decision) throws SQLException {
    try (PreparedStatement delete =
        sql.prepareStatement("DELETE FROM decision WHERE fingerprint = ? AND row = ?")) {
      delete.setString(1, key.fingerprint());
      delete.setLong(2, key.row());
      delete.executeUpdate();
    }
    if (decision.isPresent()) {
      insert(sql, decision.get());
    }
  }

  private static void insert(Connection sql, Decision decision) throws SQLException {
    try (PreparedStatement insert =
        sql.prepareStatement(
            "INSERT INTO decision ("
                + DECISION_COLUMNS
                + ") VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)")) {
      insert.setString(1, decision.key().fingerprint());
      insert.setLong(2, decision.key().row());
      insert.setString(3, id(decision.verdict()));
      insert.setString(4, decision.preferredTrack());
      insert.setString(5, decision.editedTrack());
      insert.setString(6, decision.editedText());
      insert.setString(7, DecisionJson.write(decision.tags()));
      insert.setString(8, DecisionJson.write(decision.spans()));
      insert.setString(9, decision.annotator());
      insert.setLong(10, decision.at().toEpochMilli());
      insert.executeUpdate();
    }
  }

  /** Reads {@link #ENTRY_COLUMNS}. */
  static DecisionEntry entry(ResultSet result) throws SQLException {
    @Nullable Long start = number(result, 12);
    @Nullable Long end = number(result, 13);
    return new DecisionEntry(
        result.getLong(1),
        Instant.ofEpochMilli(result.getLong(2)),
        result.getString(3),
        new RowKey(result.getString(4), result.getLong(5)),
        result.getString(6),
        result.getString(7),
        DecisionAction.of(result.getString(8)),
        verdict(result.getString(9)),
        result.getString(10),
        result.getString(11),
        start == null || end == null ? null : new Span(start.intValue(), end.intValue()),
        result.getString(14),
        number(result, 15),
        result.getString(16));
  }

  /** Reads {@link #DECISION_COLUMNS}. */
  static Decision decision(ResultSet result) throws SQLException {
    return new Decision(
        new RowKey(result.getString(1), result.getLong(2)),
        verdict(result.getString(3)),
        result.getString(4),
        result.getString(5),
        result.getString(6),
        DecisionJson.tags(result.getString(7)),
        DecisionJson.spans(result.getString(8)),
        result.getString(9),
        Instant.ofEpochMilli(result.getLong(10)));
  }

  private static @Nullable String id(@Nullable Verdict verdict) {
    return verdict == null ? null : verdict.id();
  }

  private static @Nullable Verdict verdict(@Nullable String id) {
    return id == null ? null : Verdict.of(id);
  }

  private static @Nullable Long number(ResultSet result, int column) throws SQLException {
    long value = result.getLong(column);
    return result.wasNull() ? null : value;
  }

  private static void setNumber(PreparedStatement statement, int index, @Nullable Long value)
      throws SQLException {
    if (value == null) {
      statement.setNull(index, Types.INTEGER);
    } else {
      statement.setLong(index, value);
    }
  }
}
