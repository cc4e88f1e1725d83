/** The open dataset: what it is, which rows of it are shown, which columns are captions. */
@NullMarked
package io.capbench.viewer.dataset;

import org.jspecify.annotations.NullMarked;
