@NullMarked
package io.capbench.engine.run;

import org.jspecify.annotations.NullMarked;
