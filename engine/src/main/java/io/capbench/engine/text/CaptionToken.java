package io.capbench.engine.text;

/**
 * A token of any caption.
 *
 * @param start UTF-16 position in the caption
 * @param end UTF-16 position after the last character
 * @param kind decides how the key is made
 * @param key equal for two tokens that count as the same word, number or emoji
 */
record CaptionToken(int start, int end, Kind kind, String key) {

  enum Kind {
    /** Letters only; the key is the stem. */
    WORD,
    /** A word that carries no content. */
    FUNCTION_WORD,
    /** Anything with a digit; the key is its spelling. */
    CODE,
    EMOJI
  }

  boolean isContent() {
    return kind != Kind.FUNCTION_WORD;
  }
}
