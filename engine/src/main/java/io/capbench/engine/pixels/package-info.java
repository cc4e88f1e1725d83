/**
 * Images as a vision tower reads them, resampled exactly as Pillow does it.
 *
 * <p>Letters of shapes: S = pixels of a side of the model's input.
 */
@NullMarked
package io.capbench.engine.pixels;

import org.jspecify.annotations.NullMarked;
