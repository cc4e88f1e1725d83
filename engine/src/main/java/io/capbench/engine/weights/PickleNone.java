package io.capbench.engine.weights;

/** Python's None. */
enum PickleNone {
  NONE
}
