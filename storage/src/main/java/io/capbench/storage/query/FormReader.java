package io.capbench.storage.query;

import io.capbench.storage.model.CaptionTrack;
import io.capbench.storage.model.Verdict;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads one condition or order that has a form of its own. Used once. */
final class FormReader {
  private static final Set<String> ORIGINS = Set.of("raw", "synthetic", "both", "neither");

  private final SqlPieces sql;
  private final List<CaptionTrack> tracks;

  FormReader(List<SqlToken> tokens, List<CaptionTrack> tracks) {
    this.sql = new SqlPieces(tokens, tracks);
    this.tracks = tracks;
  }

  /** The condition; null if it is none of those, or has a comment, which would be lost. */
  @Nullable RowFilter filter() {
    RowFilter found = sql.symbol("(") ? group() : single();
    return sql.ended() ? found : null;
  }

  /** Behind a parenthesis: a missing caption, or a text in any track. */
  private @Nullable RowFilter group() {
    String track = sql.track();
    if (track == null) {
      return null;
    }
    if (sql.words("IS", "NULL", "OR")) {
      boolean rest =
          sql.call("trim")
              && track.equals(sql.track())
              && sql.symbol(")")
              && sql.symbol("=")
              && "".equals(sql.string())
              && sql.symbol(")");
      return rest ? new RowFilter.Missing(track) : null;
    }
    List<String> searched = new ArrayList<>();
    String text = sql.likeText();
    String first = text;
    while (text != null && text.equals(first)) {
      searched.add(track);
      if (!sql.word("OR")) {
        boolean all = searched.equals(tracks.stream().map(CaptionTrack::name).toList());
        return all && sql.symbol(")") ? new RowFilter.Contains(null, text) : null;
      }
      track = sql.track();
      if (track == null) {
        return null;
      }
      text = sql.likeText();
    }
    return null;
  }

  private @Nullable RowFilter single() {
    String field = sql.added("decision");
    if (field != null) {
      return decision(field);
    }
    field = sql.added("provenance");
    if (field != null) {
      Comparison is = sql.comparison();
      Double share = is == null ? null : sql.number();
      return is == null || share == null || !ORIGINS.contains(field)
          ? null
          : new RowFilter.Share(field, is, share);
    }
    field = sql.added("flags");
    if (field != null) {
      return new RowFilter.Flagged(field);
    }
    field = sql.added("similarity");
    if (field != null) {
      Comparison is = sql.comparison();
      Double similarity = is == null ? null : sql.number();
      return is == null || similarity == null
          ? null
          : new RowFilter.Similarity(field, is, similarity);
    }
    if (sql.call("list_contains")) {
      return noted();
    }
    if (sql.call("regexp_matches")) {
      String track = sql.track();
      String pattern = track != null && sql.symbol(",") ? sql.string() : null;
      return track == null || pattern == null || !sql.symbol(")")
          ? null
          : new RowFilter.Matches(track, pattern);
    }
    if (sql.call("words")) {
      String track = sql.track();
      Comparison is = track != null && sql.symbol(")") ? sql.comparison() : null;
      Long count = is == null ? null : sql.whole();
      return track == null || is == null || count == null
          ? null
          : new RowFilter.Words(track, is, count);
    }
    return ofColumn();
  }

  private @Nullable RowFilter decision(String field) {
    if (field.equals("edited")) {
      return new RowFilter.Edited();
    }
    if (field.equals("annotator")) {
      String name = sql.symbol("=") ? sql.string() : null;
      return name == null ? null : new RowFilter.DecidedBy(name);
    }
    if (!field.equals("verdict")) {
      return null;
    }
    if (sql.words("IS", "NULL")) {
      return new RowFilter.Decided(null);
    }
    String id = sql.symbol("=") ? sql.string() : null;
    for (Verdict verdict : Verdict.values()) {
      if (verdict.id().equals(id)) {
        return new RowFilter.Decided(verdict);
      }
    }
    return null;
  }

  /** Behind the parenthesis of a list that has something. */
  private @Nullable RowFilter noted() {
    String list = sql.added("decision");
    String value = list != null && sql.symbol(",") ? sql.string() : null;
    if (list == null || value == null || !sql.symbol(")")) {
      return null;
    }
    return switch (list) {
      case "tags" -> new RowFilter.Tagged(value);
      case "span_types" -> new RowFilter.SpanOf(value);
      default -> null;
    };
  }

  private @Nullable RowFilter ofColumn() {
    if (sql.word("image_status")) {
      String status = sql.symbol("=") ? sql.string() : null;
      return status == null ? null : new RowFilter.ImageIs(status);
    }
    String column = sql.name();
    if (column == null) {
      return null;
    }
    Optional<String> track = sql.trackOf(column);
    int behindColumn = sql.mark();
    String contained = track.isPresent() ? sql.likeText() : null;
    if (track.isPresent() && contained != null) {
      return new RowFilter.Contains(track.get(), contained);
    }
    sql.back(behindColumn);
    Comparison is = sql.comparison();
    int behindComparison = sql.mark();
    String text = is == Comparison.EQUAL && track.isPresent() ? sql.string() : null;
    if (track.isPresent() && text != null && sql.ended()) {
      return new RowFilter.Equal(track.get(), text);
    }
    sql.back(behindComparison);
    Double value = is == null ? null : sql.number();
    return is == null || value == null ? null : new RowFilter.Value(column, is, value);
  }

  @Nullable RowOrder order() {
    RowOrder found = orderForm();
    return sql.ended() ? found : null;
  }

  private @Nullable RowOrder orderForm() {
    if (sql.call("shuffled")) {
      Long seed = sql.whole();
      return seed == null || !sql.symbol(")") ? null : new RowOrder.Shuffled(seed);
    }
    if (sql.call("length")) {
      String track = sql.track();
      return track == null || !sql.symbol(")") ? null : new RowOrder.ByLength(track, descending());
    }
    if (sql.call("words")) {
      String track = sql.track();
      return track == null || !sql.symbol(")") ? null : new RowOrder.ByWords(track, descending());
    }
    String field = sql.added("provenance");
    if (field != null) {
      return ORIGINS.contains(field) ? new RowOrder.ByShare(field, descending()) : null;
    }
    field = sql.added("similarity");
    if (field != null) {
      return new RowOrder.BySimilarity(field, descending());
    }
    field = sql.added("decision");
    if (field != null) {
      return field.equals("at") ? new RowOrder.ByDecision(descending()) : null;
    }
    String column = sql.name();
    return column == null ? null : new RowOrder.ByColumn(column, descending());
  }

  private boolean descending() {
    return !sql.word("ASC") && sql.word("DESC");
  }
}
