@NullMarked
package io.capbench.engine.bench;

import org.jspecify.annotations.NullMarked;
