/** Deciding: accept, reject, skip, prefer, edit, undo. */
@NullMarked
package io.capbench.viewer.review;

import org.jspecify.annotations.NullMarked;
