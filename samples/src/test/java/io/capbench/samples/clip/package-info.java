@NullMarked
package io.capbench.samples.clip;

import org.jspecify.annotations.NullMarked;
