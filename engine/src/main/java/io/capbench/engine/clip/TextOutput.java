package io.capbench.engine.clip;

import ai.djl.ndarray.NDArray;

/**
 * What the text tower says of captions. Both arrays belong to the manager of the token ids.
 *
 * @param features [T, D] in the joint space, not normalised
 * @param tokens [T, N, W] tokens after the last layer norm, not projected; N is L, or less where
 *     nothing after the longest caption's end matters
 */
public record TextOutput(NDArray features, NDArray tokens) {}
