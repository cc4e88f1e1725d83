package io.capbench.storage.job;

/** Where a job runs. */
public enum Lane {
  /** Reading, writing, querying: a few at a time. */
  IO,
  /** Models: one at a time, because they share one device. */
  DEVICE
}
