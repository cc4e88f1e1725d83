/**
 * How alike captions and images are to a model, for all rows of a dataset.
 *
 * <p>Dimension letters: I images, T captions, D the joint space of both.
 */
@NullMarked
package io.capbench.engine.score;

import org.jspecify.annotations.NullMarked;
