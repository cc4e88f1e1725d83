package io.capbench.storage.workspace;

import io.capbench.storage.model.CaptionRow;

/**
 * A stray decision and the row of today that it is about.
 *
 * @param stray the decision
 * @param row a row with the same content
 */
public record Adoption(StrayDecision stray, CaptionRow row) {}
