/** The program that makes the bundled sample. */
@NullMarked
package io.capbench.samples;

import org.jspecify.annotations.NullMarked;
