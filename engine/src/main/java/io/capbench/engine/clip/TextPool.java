package io.capbench.engine.clip;

/** Which position becomes a caption's feature. */
public enum TextPool {
  /** The first. */
  FIRST,

  /** The last, padding or not. */
  LAST,

  /**
   * That of the largest token id, the first of them: the end of the text in OpenAI's vocabulary.
   */
  ARGMAX,

  /** That of the end token, the first of them; the first position if there is none. */
  END_TOKEN
}
