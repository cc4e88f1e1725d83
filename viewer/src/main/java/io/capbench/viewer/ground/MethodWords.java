package io.capbench.viewer.ground;

import io.capbench.engine.explain.GroundingMethod;

/** What the grounding methods are called and mean in the window. */
final class MethodWords {

  String name(GroundingMethod method) {
    return switch (method) {
      case RELEVANCE_LAST -> "Relevance, last block";
      case RELEVANCE_ALL -> "Relevance, all blocks";
      case GROUPING -> "Grouping weights";
      case PATCH_SIMILARITY -> "Patch similarity";
      case ROLLOUT -> "Attention rollout";
      case CLS_ATTENTION -> "CLS attention";
    };
  }

  String explanation(GroundingMethod method) {
    return switch (method) {
      case RELEVANCE_LAST ->
          "What the sub-caption's score depends on in the last block (Chefer et al.)";
      case RELEVANCE_ALL ->
          "What the sub-caption's score depends on, through all blocks from the chosen one on (Chefer"
              + " et al.)";
      case GROUPING ->
          "How much each patch counts for the sub-caption in training (DreamLIP, Eq. 6-7)";
      case PATCH_SIMILARITY -> "How much each patch is like the sub-caption (cosine)";
      case ROLLOUT -> "Where attention flows, whatever the sub-caption says (Abnar and Zuidema)";
      case CLS_ATTENTION -> "What the last block attends to, whatever the sub-caption says";
    };
  }

  /** What the numbers of a map are. */
  String unit(GroundingMethod method) {
    return switch (method) {
      case RELEVANCE_LAST, RELEVANCE_ALL -> "relevance";
      case GROUPING -> "weight";
      case PATCH_SIMILARITY -> "cosine";
      case ROLLOUT, CLS_ATTENTION -> "attention";
    };
  }

  /** Whether the map is the same for every sub-caption. */
  boolean ofImage(GroundingMethod method) {
    return method == GroundingMethod.ROLLOUT || method == GroundingMethod.CLS_ATTENTION;
  }
}
