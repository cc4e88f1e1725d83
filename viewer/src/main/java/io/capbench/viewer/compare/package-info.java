/** One row at a time: its captions as cards, and the legend of their colours. */
@NullMarked
package io.capbench.viewer.compare;

import org.jspecify.annotations.NullMarked;
