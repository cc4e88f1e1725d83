package io.capbench.engine.score;

import io.capbench.storage.workspace.ScoredModel;

/**
 * What a scoring did.
 *
 * @param model what scored
 * @param rows rows that were gone through
 * @param scored captions that the model compared with their image
 * @param reused captions that took the score of the same caption and image of another row
 * @param kept captions that had a score before
 * @param failed captions that have a reason for having none
 * @param blank captions that are missing or blank, which have neither
 * @param seconds how long it took
 */
public record ScoreReport(
    ScoredModel model,
    long rows,
    long scored,
    long reused,
    long kept,
    long failed,
    long blank,
    double seconds) {}
