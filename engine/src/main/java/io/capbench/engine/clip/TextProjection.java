package io.capbench.engine.clip;

/** How a caption's feature gets into the joint space. */
public enum TextProjection {
  /** By a matrix. */
  MATRIX,

  /** By a matrix and a bias. */
  LINEAR,

  /** It is there already: the tower is as wide as the joint space. */
  NONE
}
