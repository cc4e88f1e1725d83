package io.capbench.storage.workspace;

/**
 * Which columns of a dataset were merged.
 *
 * @param raw the column with the raw caption
 * @param synthetic the column with the synthetic caption
 */
public record FusionColumns(String raw, String synthetic) {}
