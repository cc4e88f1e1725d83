package io.capbench.engine.explain;

/** A way to see what a sub-caption looks at. All come from one {@link Grounding}. */
public enum GroundingMethod {
  /** Relevance map of the last block alone, the default of the CLIP notebook of Chefer et al. */
  RELEVANCE_LAST("relevance-last"),

  /** Relevance map propagated through all blocks. */
  RELEVANCE_ALL("relevance-all"),

  /** DreamLIP's sub-caption grouping weights (Eq. 6-7). */
  GROUPING("grouping"),

  /** Cosine of the sub-caption and each patch. */
  PATCH_SIMILARITY("patch-similarity"),

  /** Attention rollout; the same for every sub-caption. */
  ROLLOUT("rollout"),

  /** Attention of the last block's CLS token; the same for every sub-caption. */
  CLS_ATTENTION("cls-attention");

  private final String id;

  GroundingMethod(String id) {
    this.id = id;
  }

  /** The name on the command line, in settings and in results. */
  public String id() {
    return id;
  }
}
