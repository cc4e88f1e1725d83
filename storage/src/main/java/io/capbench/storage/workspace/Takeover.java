package io.capbench.storage.workspace;

import io.capbench.storage.model.CaptionSpan;
import io.capbench.storage.model.Decision;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One stray decision and what holds already for the row of today that it is about. A row that is
 * decided keeps all that it has; any other gets what it lacks, tags and spans among it.
 *
 * @param adoption the decision and the row
 * @param present what holds for the row, or empty
 */
record Takeover(Adoption adoption, Optional<Decision> present) {

  /** Whether the row lacks anything. */
  boolean needed() {
    return present.isEmpty()
        || (!present.get().decided()
            && (stray().decided() || !lackedTags().isEmpty() || !lackedSpans().isEmpty()));
  }

  private Decision stray() {
    return adoption.stray().decision();
  }

  private List<String> lackedTags() {
    return stray().tags().stream()
        .filter(tag -> present.isEmpty() || !present.get().tagged(tag))
        .toList();
  }

  private List<CaptionSpan> lackedSpans() {
    return stray().spans().stream()
        .filter(span -> present.isEmpty() || present.get().spans().stream().noneMatch(span::sameAs))
        .toList();
  }

  /** Appends what the row lacks, in the names of those who said it first. */
  void append(Connection sql, String session) throws SQLException {
    Decision stray = stray();
    for (String tag : lackedTags()) {
      append(sql, session, new Said(tagger(sql, tag), DecisionAction.TAG, null, tag, null));
    }
    for (CaptionSpan span : lackedSpans()) {
      Span place = new Span(span.start(), span.end());
      append(
          sql,
          session,
          new Said(span.annotator(), DecisionAction.SPAN, span.track(), span.type(), place));
    }
    String who = stray.annotator();
    if (stray.editedText() != null) {
      append(
          sql,
          session,
          new Said(who, DecisionAction.EDIT, stray.editedTrack(), stray.editedText(), null));
    }
    if (stray.preferredTrack() != null) {
      append(
          sql, session, new Said(who, DecisionAction.PREFER, stray.preferredTrack(), null, null));
    }
    if (stray.verdict() != null) {
      DecisionAction action =
          switch (stray.verdict()) {
            case ACCEPTED -> DecisionAction.ACCEPT;
            case REJECTED -> DecisionAction.REJECT;
            case SKIPPED -> DecisionAction.SKIP;
          };
      append(sql, session, new Said(who, action, null, null, null));
    }
  }

  private record Said(
      String annotator,
      DecisionAction action,
      @Nullable String track,
      @Nullable String text,
      @Nullable Span span) {}

  private void append(Connection sql, String session, Said said) throws SQLException {
    DecisionTables.append(
        sql,
        new DecisionEntry(
            0,
            Instant.now(),
            said.annotator,
            adoption.row().key(),
            adoption.row().shard(),
            adoption.row().contentHash(),
            said.action,
            said.action.verdict(),
            said.track,
            said.text,
            said.span,
            "taken over from " + stray().key() + ", decided at " + stray().at(),
            null,
            session));
  }

  /** Who gave the tag; the view knows only who decided. */
  private String tagger(Connection sql, String tag) throws SQLException {
    try (PreparedStatement query =
        sql.prepareStatement(
            "SELECT annotator FROM decision_log WHERE fingerprint = ? AND row = ?"
                + " AND action = 'tag' AND text = ? ORDER BY id DESC LIMIT 1")) {
      query.setString(1, stray().key().fingerprint());
      query.setLong(2, stray().key().row());
      query.setString(3, tag);
      try (ResultSet result = query.executeQuery()) {
        return result.next() ? result.getString(1) : stray().annotator();
      }
    }
  }
}
