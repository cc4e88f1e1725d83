package io.capbench.samples.caption;

/**
 * A stretch of a caption that is wrong on purpose.
 *
 * @param start first UTF-16 unit in that track's caption
 * @param end one past the last
 * @param text what stands there
 */
public record Planted(Track track, Fault fault, int start, int end, String text) {}
