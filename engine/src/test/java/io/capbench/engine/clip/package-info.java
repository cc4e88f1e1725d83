@NullMarked
package io.capbench.engine.clip;

import org.jspecify.annotations.NullMarked;
