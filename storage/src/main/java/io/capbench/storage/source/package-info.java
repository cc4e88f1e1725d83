/**
 * What datasets are made of before they are tables: the files behind what a person named, and the
 * samples in tars, image folders and JSON. No database.
 */
@NullMarked
package io.capbench.storage.source;

import org.jspecify.annotations.NullMarked;
