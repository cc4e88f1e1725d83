package io.capbench.viewer.review;

/**
 * What became of the last thing a person did.
 *
 * @param text a short sentence
 * @param problem whether it went wrong
 */
public record ReviewMessage(String text, boolean problem) {
  /** Nothing to say. */
  public static final ReviewMessage NONE = new ReviewMessage("", false);
}
