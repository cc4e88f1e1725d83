package io.capbench.engine.explain;

import java.util.List;

/**
 * What all sub-captions of a caption look at in one image: the outcome of one pass of a model, from
 * which every {@link GroundingMethod} is shown.
 *
 * @param modelSha256 identifies the weights and configuration, lower-case hex
 * @param grid where the patches are
 * @param projected whether patches were projected into the joint space before they were compared:
 *     true where patch tokens are wider than it
 * @param logitScale what cosines are multiplied by to be logits, exp of the learned scale
 * @param rollout [P] attention rollout of the image (Abnar and Zuidema 2020)
 * @param clsAttention [P] attention of the last block's CLS token, mean over heads
 * @param subCaptions in the order of the caption
 */
public record Grounding(
    String modelSha256,
    PatchGrid grid,
    boolean projected,
    float logitScale,
    PatchMap rollout,
    PatchMap clsAttention,
    List<SubCaptionGrounding> subCaptions) {}
