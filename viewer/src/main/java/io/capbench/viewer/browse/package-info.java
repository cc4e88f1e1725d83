/** The list of rows: pages that come when they come, tracks side by side. */
@NullMarked
package io.capbench.viewer.browse;

import org.jspecify.annotations.NullMarked;
