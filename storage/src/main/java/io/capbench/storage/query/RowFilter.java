package io.capbench.storage.query;

import io.capbench.storage.model.Verdict;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** A condition on rows. Tracks and columns are named as the mapping and the dataset name them. */
public sealed interface RowFilter {

  /**
   * A caption contains the text, whatever its case. Wildcards in it mean themselves.
   *
   * @param track the track, or null for any of them
   * @param text what to look for
   */
  record Contains(@Nullable String track, String text) implements RowFilter {}

  /**
   * A regular expression of RE2, which knows no look-ahead, is found in a caption.
   *
   * @param track the track
   * @param pattern the expression; case matters unless it begins with {@code (?i)}
   */
  record Matches(String track, String pattern) implements RowFilter {}

  /**
   * The number of words of a caption: runs of characters without white space.
   *
   * @param track the track
   * @param is how it compares; a row without that caption never matches
   * @param count number of words
   */
  record Words(String track, Comparison is, long count) implements RowFilter {}

  /**
   * A caption is that text to the letter.
   *
   * @param track the track
   * @param text the whole caption
   */
  record Equal(String track, String text) implements RowFilter {}

  /**
   * The row has no such caption, or a blank one.
   *
   * @param track the track
   */
  record Missing(String track) implements RowFilter {}

  /**
   * A number in a column of the dataset, such as a score that a model gave.
   *
   * @param column the column
   * @param is how it compares; nulls never match
   * @param value the number
   */
  record Value(String column, Comparison is, double value) implements RowFilter {}

  /**
   * The share of a fused caption's content words that came from somewhere.
   *
   * @param origin {@code raw, synthetic, both} or {@code neither}
   * @param is how it compares; a row without a fused caption never matches
   * @param share from 0 to 1
   */
  record Share(String origin, Comparison is, double share) implements RowFilter {}

  /**
   * How alike a caption and the image are to a model that scored the rows.
   *
   * @param name the track's name for the model that scored last, {@code LABEL:TRACK} for any
   * @param is how it compares; a row without a score never matches
   * @param similarity cosine, from -1 to 1
   */
  record Similarity(String name, Comparison is, double similarity) implements RowFilter {}

  /**
   * A detector found something in the fused caption.
   *
   * @param flag the detector's name, such as {@code prompt_leak}
   */
  record Flagged(String flag) implements RowFilter {}

  /**
   * What is known about the row's image.
   *
   * @param status such as {@code ok, unknown, none, 404, timeout}
   */
  record ImageIs(String status) implements RowFilter {}

  /**
   * The row's current verdict.
   *
   * @param verdict the verdict, or null for rows that nobody decided on
   */
  record Decided(@Nullable Verdict verdict) implements RowFilter {}

  /** A person wrote a caption for the row. */
  record Edited() implements RowFilter {}

  /**
   * That person decided last on the row.
   *
   * @param annotator the name, to the letter
   */
  record DecidedBy(String annotator) implements RowFilter {}

  /**
   * The row has that tag.
   *
   * @param tag the tag, whatever its case; kept in lower case
   */
  record Tagged(String tag) implements RowFilter {
    public Tagged {
      tag = tag.toLowerCase(Locale.ROOT);
    }
  }

  /**
   * Words of one of the row's captions are marked so.
   *
   * @param type id of what is said of them, such as {@code object}
   */
  record SpanOf(String type) implements RowFilter {}

  /**
   * The condition does not hold. A row for which it can be neither true nor false, because a value
   * is missing, counts as one for which it does not hold.
   *
   * @param filter the condition
   */
  record Not(RowFilter filter) implements RowFilter {}

  /**
   * A free SQL expression of DuckDB over the dataset's columns and what Capbench adds to them, such
   * as {@code decision.verdict, provenance.neither, flags.prompt_leak, similarity.alt,
   * image_status}.
   *
   * @param expression a boolean expression, not a statement
   */
  record Sql(String expression) implements RowFilter {}
}
