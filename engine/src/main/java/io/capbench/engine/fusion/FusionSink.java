package io.capbench.engine.fusion;

/**
 * Is told what becomes of each pair, on the thread that called {@link Fuser#fuseAll}, exactly once
 * for each and in any order.
 *
 * @param <K> what the caller knows a pair by
 */
public interface FusionSink<K> {

  /** A pair was merged. */
  void fused(K key, FusedCaption caption);

  /**
   * A pair could not be merged; others may.
   *
   * @param reason a sentence that says why
   */
  void failed(K key, String reason);
}
