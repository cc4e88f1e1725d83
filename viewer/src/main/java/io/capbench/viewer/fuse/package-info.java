/**
 * Merging captions in the window: which model or server does it, one row at a key press, and all
 * rows that the filter shows.
 */
@NullMarked
package io.capbench.viewer.fuse;

import org.jspecify.annotations.NullMarked;
