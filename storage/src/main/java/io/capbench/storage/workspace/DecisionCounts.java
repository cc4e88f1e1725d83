package io.capbench.storage.workspace;

/**
 * How many rows of some shards people have decided on.
 *
 * @param accepted rows whose verdict is accepted
 * @param rejected rows whose verdict is rejected
 * @param skipped rows whose verdict is skipped
 * @param edited rows for which a person wrote a caption
 * @param decided rows with a verdict, a preferred track or a written caption; not those that are
 *     only tagged or marked
 */
public record DecisionCounts(
    long accepted, long rejected, long skipped, long edited, long decided) {}
