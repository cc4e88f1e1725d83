@NullMarked
package io.capbench.engine.torch;

import org.jspecify.annotations.NullMarked;
