package io.capbench.storage.workspace;

/**
 * A model that rows were scored with.
 *
 * @param id names it in this workspace
 * @param sha256 identifies its weights and configuration, lower-case hex
 * @param label what filters and people call it: the name of its folder or file when it first scored
 *     here, with a number behind it if another model had that name already
 */
public record ScoredModel(long id, String sha256, String label) {}
