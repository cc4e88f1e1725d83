/**
 * Capbench's door to PyTorch: starting its engine, devices, the operations that DJL lacks, and what
 * failures in native code mean to a person.
 *
 * <p>Results of DJL's operations belong to the manager of their first operand; close that manager,
 * or wrap steps in {@link ai.djl.ndarray.NDScope}. The garbage collector frees no tensor.
 */
@NullMarked
package io.capbench.engine.torch;

import org.jspecify.annotations.NullMarked;
