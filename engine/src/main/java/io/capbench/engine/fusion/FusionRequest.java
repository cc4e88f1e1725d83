package io.capbench.engine.fusion;

import io.capbench.storage.dataset.RowView;
import io.capbench.storage.model.CaptionTrack;

/**
 * Rows that are to be fused.
 *
 * @param rows which; stays the caller's
 * @param raw the track of raw captions
 * @param synthetic the track of synthetic captions
 * @param again whether rows that this fuser has fused before are fused anew
 */
public record FusionRequest(
    RowView rows, CaptionTrack raw, CaptionTrack synthetic, boolean again) {}
