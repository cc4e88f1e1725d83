/**
 * What trainings of models share: optimisers, a loop that can be killed and goes on, its log.
 *
 * <p>Nothing here knows a model. Parameters are leaves by name, single precision, with a gradient.
 */
@NullMarked
package io.capbench.samples.train;

import org.jspecify.annotations.NullMarked;
