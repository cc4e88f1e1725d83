package io.capbench.engine.text;

/**
 * Shares over many rows, pooled over their content tokens: a long caption weighs more than a short
 * one. Not thread-safe; give each thread its own and merge them.
 */
public final class ShareCounter {
  private long rows;
  private long raw;
  private long synthetic;
  private long both;
  private long neither;

  /** Starts with no rows. */
  public ShareCounter() {}

  /** Counts one row. */
  public void add(Provenance p) {
    rows++;
    for (OriginToken token : p.tokens()) {
      count(token.origin());
    }
  }

  void count(Origin origin) {
    switch (origin) {
      case RAW -> raw++;
      case SYNTHETIC -> synthetic++;
      case BOTH -> both++;
      case NEITHER -> neither++;
      case GLUE -> {}
    }
  }

  /** Counts all that the other counter has counted; the other stays as it is. */
  public void merge(ShareCounter other) {
    rows += other.rows;
    raw += other.raw;
    synthetic += other.synthetic;
    both += other.both;
    neither += other.neither;
  }

  /** The shares over all rows so far. */
  public Shares shares() {
    double total = Math.max(1, contentTokens());
    return new Shares(raw / total, synthetic / total, both / total, neither / total);
  }

  /** Rows counted so far, those without content tokens too. */
  public long rows() {
    return rows;
  }

  /** Content tokens counted so far. */
  public long contentTokens() {
    return raw + synthetic + both + neither;
  }
}
