package io.capbench.storage.job;

/**
 * How far a piece of work is.
 *
 * @param done finished units
 * @param total all units, or {@link JobContext#UNKNOWN}
 * @param unit plural noun: "rows", "bytes"; empty before the work said anything
 */
public record Progress(long done, long total, String unit) {
  /** Before the work said anything. */
  public static final Progress NONE = new Progress(0, JobContext.UNKNOWN, "");

  /** Whether the end is known, so that a bar can be drawn. */
  public boolean bounded() {
    return total >= 0;
  }
}
