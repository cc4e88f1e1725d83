package io.capbench.storage.query;

/** What rows are ordered by. Rows that are equal by it stand in the order of the shards. */
public sealed interface RowOrder {

  /** By the values of a column of the dataset; rows without a value come last. */
  record ByColumn(String column, boolean descending) implements RowOrder {}

  /** By the length of a caption in characters; rows without it come last. */
  record ByLength(String track, boolean descending) implements RowOrder {}

  /** By the number of words of a caption; rows without it come last. */
  record ByWords(String track, boolean descending) implements RowOrder {}

  /**
   * By the share of the fused caption's content words that came from there; rows without a fused
   * caption come last.
   *
   * @param origin {@code raw, synthetic, both} or {@code neither}
   */
  record ByShare(String origin, boolean descending) implements RowOrder {}

  /**
   * By how alike a caption and the image are to a model; rows without a score come last.
   *
   * @param name as in {@link RowFilter.Similarity}
   */
  record BySimilarity(String name, boolean descending) implements RowOrder {}

  /** By the time of the last decision; rows that nobody decided on come last. */
  record ByDecision(boolean descending) implements RowOrder {}

  /** Shuffled; the same seed gives the same order. */
  record Shuffled(long seed) implements RowOrder {}

  /**
   * By what a person wrote.
   *
   * @param expressions what stands behind ORDER BY, such as {@code length(url) DESC, key}
   */
  record Sql(String expressions) implements RowOrder {}
}
