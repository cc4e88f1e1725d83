package io.capbench.engine.explain;

import io.capbench.storage.model.CapbenchException;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/** A way to see what a sub-caption looks at. All come from one {@link Grounding}. */
public enum GroundingMethod {
  /** Relevance map of the last block alone, the default of the CLIP notebook of Chefer et al. */
  RELEVANCE_LAST("relevance-last"),

  /** Relevance map propagated through all blocks. */
  RELEVANCE_ALL("relevance-all"),

  /** DreamLIP's sub-caption grouping weights (Eq. 6-7). */
  GROUPING("grouping"),

  /** Cosine of the sub-caption and each patch, as between words and patches in FILIP. */
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

  /**
   * The method of a name.
   *
   * @param name an {@link #id}, or a short name that people use: last, chefer, all, filip,
   *     tokenwise, attention
   * @throws CapbenchException if there is none of that name
   */
  public static GroundingMethod of(String name) {
    String wanted = name.strip().toLowerCase(Locale.ROOT);
    return switch (wanted) {
      case "last", "chefer" -> RELEVANCE_LAST;
      case "all" -> RELEVANCE_ALL;
      case "filip", "tokenwise" -> PATCH_SIMILARITY;
      case "attention" -> CLS_ATTENTION;
      default ->
          Arrays.stream(values())
              .filter(method -> method.id.equals(wanted))
              .findFirst()
              .orElseThrow(() -> unknown(name));
    };
  }

  private static CapbenchException unknown(String name) {
    String all = Arrays.stream(values()).map(GroundingMethod::id).collect(Collectors.joining(", "));
    return new CapbenchException(
        "There is no grounding method \"" + name + "\". Choose one of " + all + ".");
  }
}
