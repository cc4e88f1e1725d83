/** Background work that can be seen and stopped. */
@NullMarked
package io.capbench.viewer.jobs;

import org.jspecify.annotations.NullMarked;
