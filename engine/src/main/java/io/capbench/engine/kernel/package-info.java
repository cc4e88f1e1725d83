/**
 * Linear layers of few rows by the processor's vector instructions, in Java (JEP 338 and later).
 * Here weights pass through the processor once and stay in the type that they are stored in; inputs
 * and sums are single precision. Knows nothing of models and tensors. The only room that the module
 * {@code jdk.incubator.vector} is compiled into, so its classes load only after {@link
 * io.capbench.engine.kernel.VectorModule} has.
 *
 * <p>Dimension letters: N rows of input, K numbers of each, M outputs of each.
 */
@NullMarked
package io.capbench.engine.kernel;

import org.jspecify.annotations.NullMarked;
