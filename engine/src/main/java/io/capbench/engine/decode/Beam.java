package io.capbench.engine.decode;

/**
 * A beam after a step.
 *
 * @param parent the beam it continues, counted before the step
 * @param token what it was continued with
 * @param score sum of its log probabilities; 0 in greedy search
 */
public record Beam(int parent, int token, float score) {}
