@NullMarked
package io.capbench.engine.llama;

import org.jspecify.annotations.NullMarked;
