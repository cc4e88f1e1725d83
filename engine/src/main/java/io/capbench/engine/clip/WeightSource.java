package io.capbench.engine.clip;

import ai.djl.ndarray.NDArray;

/** Where towers get their weights from, by open_clip's names. */
interface WeightSource {

  /** One weight. Projections come as linear layers have them, [out, in]. */
  NDArray get(String name);

  /** Weight and bias of a layer. */
  default NDArray[] pair(String prefix) {
    return new NDArray[] {get(prefix + "weight"), get(prefix + "bias")};
  }
}
