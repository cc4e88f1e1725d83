package io.capbench.engine.explain;

import io.capbench.engine.text.SubCaption;
import java.util.List;

/**
 * What one sub-caption looks at.
 *
 * @param similarity cosine of the sub-caption and the whole image, -1..1
 * @param relevance [L][P] relevance maps of Chefer et al., raw: map l propagates from block l to
 *     the last, so map L - 1 is the last block alone and map 0 all blocks
 * @param patchSimilarity [P] cosine of the sub-caption and each patch, -1..1: what grouping starts
 *     from
 * @param tokens the tokens between start and end, in order
 */
public record SubCaptionGrounding(
    SubCaption subCaption,
    float similarity,
    List<PatchMap> relevance,
    PatchMap patchSimilarity,
    List<TokenGrounding> tokens) {}
