@NullMarked
package io.capbench.engine.decode;

import org.jspecify.annotations.NullMarked;
