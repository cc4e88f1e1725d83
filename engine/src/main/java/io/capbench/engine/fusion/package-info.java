/**
 * Merges the raw alt-text and the synthetic caption of an image into one, with a language model:
 * {@link io.capbench.engine.fusion.Fuser}.
 */
@NullMarked
package io.capbench.engine.fusion;

import org.jspecify.annotations.NullMarked;
