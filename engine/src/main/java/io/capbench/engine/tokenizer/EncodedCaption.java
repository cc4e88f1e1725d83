package io.capbench.engine.tokenizer;

import java.util.List;

/** A caption as a text tower reads it, padded or cut to the context length. Immutable. */
public final class EncodedCaption {
  private final int[] ids;
  private final int end;
  private final boolean truncated;
  private final List<TokenSpan> spans;

  /**
   * Keeps what a tokenizer found.
   *
   * @param ids [L] token ids, copied
   * @param end position of the token that ends the caption, below L
   * @param truncated whether the caption had more tokens than there is room for
   * @param spans the caption's own tokens, in order of position
   */
  public EncodedCaption(int[] ids, int end, boolean truncated, List<TokenSpan> spans) {
    this.ids = ids.clone();
    this.end = end;
    this.truncated = truncated;
    this.spans = List.copyOf(spans);
  }

  /** [L] a copy of the token ids. */
  public int[] ids() {
    return ids.clone();
  }

  /** Position of the token that ends the caption; what comes after is padding. */
  public int end() {
    return end;
  }

  /** Whether the caption had more tokens than the model takes, so that its rest was left out. */
  public boolean truncated() {
    return truncated;
  }

  /** The tokens that stand for characters of the caption, in order of position. */
  public List<TokenSpan> spans() {
    return spans;
  }
}
