/** Finds the rows of a shard that was written anew again, and the decisions on them. */
@NullMarked
package io.capbench.storage.reanchor;

import org.jspecify.annotations.NullMarked;
