/**
 * Weights of published models: safetensors files and PyTorch checkpoints, read without PyTorch.
 *
 * <p>Everything here takes files from the open web for what they are: sizes are checked before they
 * are used, and a pickle is parsed, never executed.
 */
@NullMarked
package io.capbench.engine.weights;

import org.jspecify.annotations.NullMarked;
