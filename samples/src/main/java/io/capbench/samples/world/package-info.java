/**
 * What can be in a sample scene, and scenes from a seed: endless, and the same on every machine.
 */
@NullMarked
package io.capbench.samples.world;

import org.jspecify.annotations.NullMarked;
