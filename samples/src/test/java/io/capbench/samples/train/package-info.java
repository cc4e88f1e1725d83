@NullMarked
package io.capbench.samples.train;

import org.jspecify.annotations.NullMarked;
