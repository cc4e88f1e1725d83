/**
 * Opening shards, pages of rows, filters and order: DuckDB in, records built from Arrow vectors
 * out.
 */
@NullMarked
package io.capbench.storage.dataset;

import org.jspecify.annotations.NullMarked;
