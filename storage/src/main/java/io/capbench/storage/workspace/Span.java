package io.capbench.storage.workspace;

/**
 * A piece of a caption.
 *
 * @param start UTF-16 position of its first character, from 0
 * @param end UTF-16 position after its last character
 */
public record Span(int start, int end) {
  public Span {
    if (start < 0 || end < start) {
      throw new IllegalArgumentException("Not a span of text: " + start + " to " + end);
    }
  }
}
