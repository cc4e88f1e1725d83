/**
 * What the benchmark of the data layer stands on: generated shards, and DuckDB without Capbench.
 */
@NullMarked
package io.capbench.storage.bench;

import org.jspecify.annotations.NullMarked;
