/** Exporting what was decided. */
@NullMarked
package io.capbench.viewer.export;

import org.jspecify.annotations.NullMarked;
