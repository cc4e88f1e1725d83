package io.capbench.viewer.ground;

/**
 * Words of a caption.
 *
 * @param start UTF-16 position of the first character in the whole caption
 * @param end position after the last character
 */
public record WordRange(int start, int end) {}
