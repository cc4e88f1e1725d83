package io.capbench.engine.clip;

/**
 * A text transformer.
 *
 * @param transformer its blocks
 * @param contextLength L, positions it knows
 * @param vocabSize tokens it knows
 * @param causal whether a position sees only those before it
 * @param pool which position becomes the feature
 * @param endToken id that {@link TextPool#END_TOKEN} looks for
 * @param projection how the feature gets into the joint space
 */
public record TextConfig(
    TransformerConfig transformer,
    int contextLength,
    int vocabSize,
    boolean causal,
    TextPool pool,
    int endToken,
    TextProjection projection) {}
