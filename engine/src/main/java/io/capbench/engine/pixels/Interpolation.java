package io.capbench.engine.pixels;

/** How pixels between pixels are found. */
public enum Interpolation {
  /** Keys' cubic with a = -0.5 over 4 by 4 pixels. */
  BICUBIC,
  /** Linear over 2 by 2 pixels. */
  BILINEAR,
  /** The pixel that is there. */
  NEAREST
}
