/**
 * Which rows of a dataset, in which order: values that the window builds, the command line reads
 * and storage runs. No database here.
 */
@NullMarked
package io.capbench.storage.query;

import org.jspecify.annotations.NullMarked;
