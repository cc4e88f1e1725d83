package io.capbench.storage.job;

/**
 * A piece of work that takes longer than a person should wait for.
 *
 * @param <T> what it leaves behind
 */
public interface Job<T> {

  /** What it does, in a few words for people: "Exporting 50 rows". */
  String title();

  /** Where it runs. */
  default Lane lane() {
    return Lane.IO;
  }

  /**
   * Does the work, on a background thread.
   *
   * @throws java.util.concurrent.CancellationException from {@link JobContext#checkCancelled()}
   * @throws Exception if it failed; a {@link io.capbench.storage.model.CapbenchException} is shown
   *     as it is
   */
  T run(JobContext context) throws Exception;
}
