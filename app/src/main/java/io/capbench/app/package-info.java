/** Where Capbench starts: places on this machine, settings, logging, the composition root. */
@NullMarked
package io.capbench.app;

import org.jspecify.annotations.NullMarked;
