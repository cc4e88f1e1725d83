package io.capbench.engine.text;

/**
 * A content token of a parent that the fused caption does not have.
 *
 * @param text the characters from {@code start} to {@code end}, as written
 * @param start UTF-16 position in the parent
 * @param end UTF-16 position after the last character
 */
public record DroppedToken(String text, int start, int end) {}
