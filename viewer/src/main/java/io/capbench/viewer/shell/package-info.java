/** The window: its places, its keys, what it remembers. */
@NullMarked
package io.capbench.viewer.shell;

import org.jspecify.annotations.NullMarked;
