package io.capbench.storage.reanchor;

import io.capbench.storage.workspace.StrayDecision;
import java.util.List;

/**
 * What became of decisions on shards that were written anew.
 *
 * @param decisions how many there were
 * @param anchored how many now hold for a row with the same content, or would
 * @param kept how many found their row decided already, which was left as it is
 * @param unmatched those whose content no row has any more; they stay in the log
 */
public record ReanchorReport(
    long decisions, long anchored, long kept, List<StrayDecision> unmatched) {
  public ReanchorReport {
    unmatched = List.copyOf(unmatched);
  }
}
