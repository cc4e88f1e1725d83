/**
 * The command line: one class a command, and what they share. Results go to standard output,
 * everything else to standard error; scripts depend on both.
 */
@NullMarked
package io.capbench.app.cli;

import org.jspecify.annotations.NullMarked;
