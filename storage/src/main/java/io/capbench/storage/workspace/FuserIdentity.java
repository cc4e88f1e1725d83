package io.capbench.storage.workspace;

/**
 * What decides which caption a fuser makes of two: with the same identity it makes the same again.
 *
 * @param modelSha256 of the weights, or of an endpoint's address and model name; lower-case hex
 * @param promptSha256 of the prompt's template, lower-case hex
 * @param dtype the numbers that it computes with, such as {@code bf16}; empty if nobody knows
 * @param decoding how texts are searched, such as {@code beams=3 max-new=80 scoring=hf428}
 */
public record FuserIdentity(
    String modelSha256, String promptSha256, String dtype, String decoding) {}
