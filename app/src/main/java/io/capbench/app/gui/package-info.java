/** Makes the window out of the modules. */
@NullMarked
package io.capbench.app.gui;

import org.jspecify.annotations.NullMarked;
