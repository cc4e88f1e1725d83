package io.capbench.storage.workspace;

/** What a fuser made of two columns of captions. */
public record FusionSeries(KnownFuser fuser, FusionColumns columns) {}
