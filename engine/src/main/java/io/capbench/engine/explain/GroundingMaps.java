package io.capbench.engine.explain;

import io.capbench.storage.model.CapbenchException;
import java.util.List;

/** Reads the map of a method from a grounding, in which all of them are. */
public final class GroundingMaps {
  private GroundingMaps() {}

  /**
   * What a sub-caption looks at, before any normalisation.
   *
   * @param subCaption its number among the grounding's, from 0
   * @return [P]; for grouping, all 0 where no weights can be (see {@link Grouping#weights})
   * @throws CapbenchException if the model has no such block
   */
  public static PatchMap map(Grounding grounding, int subCaption, MapChoice choice) {
    SubCaptionGrounding found = grounding.subCaptions().get(subCaption);
    return switch (choice.method()) {
      case RELEVANCE_LAST -> relevance(found, choice, found.relevance().size() - 1);
      case RELEVANCE_ALL -> relevance(found, choice, 0);
      case GROUPING ->
          Grouping.weights(found.patchSimilarity(), choice.sigma())
              .orElseGet(() -> PatchMap.of(new float[found.patchSimilarity().patches()]));
      case PATCH_SIMILARITY -> found.patchSimilarity();
      case ROLLOUT -> grounding.rollout();
      case CLS_ATTENTION -> grounding.clsAttention();
    };
  }

  private static PatchMap relevance(SubCaptionGrounding found, MapChoice choice, int ownBlock) {
    List<PatchMap> maps = found.relevance();
    int block = choice.fromBlock().orElse(ownBlock);
    if (block < 0 || block >= maps.size()) {
      throw new CapbenchException(
          "There is no block "
              + block
              + ": the model's vision tower has the blocks 0 to "
              + (maps.size() - 1)
              + ".");
    }
    return maps.get(block);
  }
}
