/**
 * What {@code capbench bench clip} measures: models with random weights, and the way of others to
 * compare with.
 *
 * <p>Dimension letters: T sub-captions, D width of the joint space, H and S pixels of an image's
 * sides, A attention heads, N positions of the vision tower (the CLS token first).
 */
@NullMarked
package io.capbench.engine.bench;

import org.jspecify.annotations.NullMarked;
