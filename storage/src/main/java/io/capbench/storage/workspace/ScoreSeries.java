package io.capbench.storage.workspace;

/**
 * Something that was scored: at least one row has a score, or a reason for having none.
 *
 * @param model what scored
 * @param columns what it compared
 */
public record ScoreSeries(ScoredModel model, ScoreColumns columns) {}
