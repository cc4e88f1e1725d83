package io.capbench.engine.clip;

import ai.djl.ndarray.NDArray;

/**
 * What the vision tower says of images. Both arrays belong to the manager of the pixels.
 *
 * @param features [I, D] in the joint space, not normalised
 * @param localTokens [I, P, W] tokens of the patches, normalised by the last layer norm where the
 *     model normalises tokens (not where it normalises the pooled feature), not projected
 */
public record VisionOutput(NDArray features, NDArray localTokens) {}
