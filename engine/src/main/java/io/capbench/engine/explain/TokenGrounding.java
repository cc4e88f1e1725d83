package io.capbench.engine.explain;

/**
 * A token of a sub-caption and how much every patch is like it, as in FILIP (Yao et al. 2021, Eq.
 * 3-4).
 *
 * @param start UTF-16 position of its first character in the whole caption
 * @param end UTF-16 position after its last character
 * @param similarity [P] cosine of the token and each patch, -1..1
 */
public record TokenGrounding(int start, int end, PatchMap similarity) {}
