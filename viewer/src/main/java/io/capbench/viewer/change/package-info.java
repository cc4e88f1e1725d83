/**
 * What happened to the files of the open dataset, and to decisions on files that were rewritten.
 */
@NullMarked
package io.capbench.viewer.change;

import org.jspecify.annotations.NullMarked;
