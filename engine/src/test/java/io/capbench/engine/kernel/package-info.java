@NullMarked
package io.capbench.engine.kernel;

import org.jspecify.annotations.NullMarked;
