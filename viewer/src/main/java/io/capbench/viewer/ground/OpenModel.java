package io.capbench.viewer.ground;

import io.capbench.engine.explain.Grounder;
import io.capbench.engine.explain.GroundingAdvice;
import io.capbench.engine.explain.ModelDescription;
import io.capbench.engine.score.JointSpace;

/**
 * Weights in memory, and both things that are done with them.
 *
 * @param grounder finds sub-captions in images; closing it frees the weights
 * @param space compares captions and images, with the same weights; need not be closed
 * @param advice how it is best looked with
 */
public record OpenModel(Grounder grounder, JointSpace space, GroundingAdvice advice) {
  /** What it is. */
  public ModelDescription description() {
    return grounder.model();
  }
}
