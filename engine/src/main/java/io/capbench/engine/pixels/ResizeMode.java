package io.capbench.engine.pixels;

/** How an image of any shape becomes a square, named as in open_clip's preprocess_cfg. */
public enum ResizeMode {
  /** The shorter side is made to fit and the middle is kept. */
  SHORTEST,
  /** The longer side is made to fit and the rest is filled. */
  LONGEST,
  /** Both sides are made to fit, whatever that does to the shape of things. */
  SQUASH
}
