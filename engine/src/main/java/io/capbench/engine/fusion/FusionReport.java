package io.capbench.engine.fusion;

import io.capbench.storage.workspace.KnownFuser;

/**
 * What became of the rows of a {@link FusionRequest}.
 *
 * @param fuser who fused, as the workspace knows it
 * @param rows rows that were gone through
 * @param fused rows that the model merged
 * @param reused rows that took the caption of another row with the same two captions
 * @param kept rows that had a caption of this fuser already
 * @param failed rows that have a reason instead of a caption
 * @param flagged rows that have a caption, made now or before, in which a detector found something
 * @param seconds how long it took
 */
public record FusionReport(
    KnownFuser fuser,
    long rows,
    long fused,
    long reused,
    long kept,
    long failed,
    long flagged,
    double seconds) {}
