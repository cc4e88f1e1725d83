package io.capbench.engine.clip;

/** What becomes an image's feature. */
public enum VisionPool {
  /** The CLS token. */
  TOKEN,

  /** The mean of the patches, without the CLS token. */
  AVERAGE
}
