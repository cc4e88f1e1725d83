/** A list of any length with rows of one height. */
@NullMarked
package io.capbench.viewer.flow;

import org.jspecify.annotations.NullMarked;
