package io.capbench.engine.tokenizer;

/**
 * A token that stands for characters of the caption, not for its beginning, end or padding.
 *
 * @param position of the token among the caption's ids, from 0
 * @param start UTF-16 position of its first character in the caption as it was given, before any
 *     cleaning
 * @param end UTF-16 position after its last character; tokens of one character may share it
 */
public record TokenSpan(int position, int start, int end) {}
