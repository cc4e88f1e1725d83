package io.capbench.viewer.review;

/**
 * What can be said of words in a caption.
 *
 * @param id the word for it in the workspace and in filters
 * @param name what to call it
 * @param explanation one line
 * @param key the character that chooses it in the menu, in lower case
 */
public record SpanType(String id, String name, String explanation, String key) {}
