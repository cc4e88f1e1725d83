/** Background work: progress, cancellation, exactly one end. */
@NullMarked
package io.capbench.storage.job;

import org.jspecify.annotations.NullMarked;
