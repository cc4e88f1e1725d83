/**
 * Trains the demonstration fuser: a small LLaMA that merges the captions of the sample world, from
 * its tokenizer to its model card.
 */
@NullMarked
package io.capbench.samples.fuser;

import org.jspecify.annotations.NullMarked;
