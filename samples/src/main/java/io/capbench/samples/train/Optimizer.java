package io.capbench.samples.train;

import ai.djl.ndarray.NDArray;
import java.util.Map;

/** Changes parameters by their gradients. For one thread. */
public interface Optimizer {

  /**
   * Makes a step.
   *
   * @param number of the step, from 1
   * @param factor of the learning rate, 0..1
   */
  void step(long number, double factor);

  /** What it remembers from step to step, by names that no parameter has. */
  Map<String, NDArray> memory();
}
