/** Thumbnails and the large picture. */
@NullMarked
package io.capbench.viewer.picture;

import org.jspecify.annotations.NullMarked;
