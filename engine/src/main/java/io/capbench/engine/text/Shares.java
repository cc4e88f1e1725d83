package io.capbench.engine.text;

/**
 * The share of each origin among the content tokens (all but glue), each from 0 to 1. They sum to 1
 * but for rounding, or all are 0 where there are no content tokens.
 *
 * @param raw only the raw alt-text has them
 * @param synthetic only the synthetic caption has them
 * @param both both parents have them
 * @param neither neither parent has them
 */
public record Shares(double raw, double synthetic, double both, double neither) {}
