package io.capbench.storage.workspace;

/**
 * A fuser that has made captions.
 *
 * @param id in this workspace
 * @param identity what it computes
 * @param label what its track is called, {@code fused (NAME, DTYPE)}; no two share one
 */
public record KnownFuser(long id, FuserIdentity identity, String label) {}
