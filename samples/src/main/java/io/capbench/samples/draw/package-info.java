/** Paints scenes without a display. */
@NullMarked
package io.capbench.samples.draw;

import org.jspecify.annotations.NullMarked;
