/**
 * Runs models on tensors that somebody gives, to check a checkpoint against another implementation.
 *
 * <p>Dimension letters are those of {@link io.capbench.engine.clip}.
 */
@NullMarked
package io.capbench.engine.run;

import org.jspecify.annotations.NullMarked;
