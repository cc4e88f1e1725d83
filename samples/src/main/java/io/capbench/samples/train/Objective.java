package io.capbench.samples.train;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import java.util.Map;

/** What a training makes small. */
@FunctionalInterface
public interface Objective {

  /**
   * Computes the loss of a step, recorded. Depends on nothing but the parameters and the step, so
   * that a training that was stopped goes on as if it had not been.
   *
   * @param step from 1
   * @param manager owns what is made, freed with the step
   * @param figures what the log shall tell beside the loss, added by name
   * @return [] a number
   */
  NDArray loss(long step, NDManager manager, Map<String, Double> figures);
}
