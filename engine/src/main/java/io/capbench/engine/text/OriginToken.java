package io.capbench.engine.text;

/**
 * A token of a fused caption.
 *
 * @param text the characters from {@code start} to {@code end}, as written
 * @param start UTF-16 position in the fused caption
 * @param end UTF-16 position after the last character
 * @param origin where it comes from
 */
public record OriginToken(String text, int start, int end, Origin origin) {}
