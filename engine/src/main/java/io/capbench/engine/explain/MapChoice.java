package io.capbench.engine.explain;

import java.util.OptionalInt;

/**
 * Which map of a grounding is looked at.
 *
 * @param fromBlock for relevance maps, the block of the vision tower from which relevance is
 *     propagated, from 0; none for the method's own: the last, or the first
 * @param sigma for grouping, the threshold
 */
public record MapChoice(GroundingMethod method, OptionalInt fromBlock, Sigma sigma) {
  /** A method as it is when nothing else is said: sigma is one part in P. */
  public static MapChoice of(GroundingMethod method) {
    return new MapChoice(method, OptionalInt.empty(), Sigma.ONE_OF_PATCHES);
  }
}
