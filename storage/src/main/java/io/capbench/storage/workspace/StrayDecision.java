package io.capbench.storage.workspace;

import io.capbench.storage.model.Decision;

/**
 * A decision on a row of a shard that is no longer there as it was.
 *
 * @param decision what holds for the row
 * @param shard the shard's file name when it was decided
 * @param contentHash what the row held then; see {@link io.capbench.storage.model.ContentHash}
 */
public record StrayDecision(Decision decision, String shard, String contentHash) {}
