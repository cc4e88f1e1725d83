package io.capbench.engine.fusion;

/**
 * The two captions that are to be merged.
 *
 * @param raw the raw alt-text, as the dataset has it; may be empty
 * @param synthetic the synthetic caption, as the dataset has it; may be empty
 */
public record CaptionPair(String raw, String synthetic) {}
