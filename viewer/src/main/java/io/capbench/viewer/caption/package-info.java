/** Captions as text with marks: where each word comes from. */
@NullMarked
package io.capbench.viewer.caption;

import org.jspecify.annotations.NullMarked;
