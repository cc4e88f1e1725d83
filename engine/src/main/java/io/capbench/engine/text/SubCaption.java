package io.capbench.engine.text;

/**
 * A part of a caption that stands by itself, as DreamLIP trains on them.
 *
 * @param text what a model reads: the part of the caption from start to end, without white space
 *     around it
 * @param start UTF-16 position of its first character in the caption
 * @param end UTF-16 position after its last character
 */
public record SubCaption(String text, int start, int end) {}
