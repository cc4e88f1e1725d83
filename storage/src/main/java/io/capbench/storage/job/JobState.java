package io.capbench.storage.job;

/** Where a job stands. The last three are ends: a job reaches one of them, once. */
public enum JobState {
  /** Submitted, and its lane is busy. */
  WAITING,
  RUNNING,
  SUCCEEDED,
  FAILED,
  CANCELLED;

  /** Whether nothing comes after this state. */
  public boolean ended() {
    return this == SUCCEEDED || this == FAILED || this == CANCELLED;
  }
}
