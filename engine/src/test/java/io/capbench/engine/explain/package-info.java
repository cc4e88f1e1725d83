@NullMarked
package io.capbench.engine.explain;

import org.jspecify.annotations.NullMarked;
