package io.capbench.engine.weights;

import org.jspecify.annotations.Nullable;

/**
 * What a pickle says of the memory behind tensors.
 *
 * @param type what it holds; null for bytes that each tensor reads in its own type
 * @param key its name in the file
 * @param elements how many numbers, or bytes without a type
 */
record TorchStorage(@Nullable TensorType type, String key, long elements) {}
