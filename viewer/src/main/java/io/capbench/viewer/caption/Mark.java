package io.capbench.viewer.caption;

/**
 * A marked piece of a caption.
 *
 * @param start first UTF-16 position
 * @param end position after the last
 * @param kind what the mark says
 */
public record Mark(int start, int end, MarkKind kind) {}
