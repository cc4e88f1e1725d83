/** The records that every module speaks: rows, keys, tracks, image references. */
@NullMarked
package io.capbench.storage.model;

import org.jspecify.annotations.NullMarked;
