package io.capbench.storage.dataset;

import io.capbench.storage.model.Verdict;
import org.jspecify.annotations.Nullable;

/** A condition on rows. */
public sealed interface RowFilter {

  /**
   * Some caption contains the text, whatever its case. Wildcards in it mean themselves.
   *
   * @param text what to look for
   */
  record Contains(String text) implements RowFilter {}

  /**
   * A free SQL expression of DuckDB over the shard's columns and {@code decision.verdict,
   * decision.preferred, decision.edited, decision.annotator, decision.at}.
   *
   * @param expression a boolean expression, not a statement
   */
  record Sql(String expression) implements RowFilter {}

  /**
   * The row's current verdict.
   *
   * @param verdict the verdict, or null for rows that nobody decided on
   */
  record Decided(@Nullable Verdict verdict) implements RowFilter {}

  /** A person wrote a caption for the row. */
  record Edited() implements RowFilter {}
}
