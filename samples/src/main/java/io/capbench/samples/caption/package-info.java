/**
 * Writes the captions of scenes in the voices of the web, of captioners and of a fuser, with known
 * faults.
 */
@NullMarked
package io.capbench.samples.caption;

import org.jspecify.annotations.NullMarked;
