/** Writing shards: parquet tables and what else leaves the workbench. */
@NullMarked
package io.capbench.storage.export;

import org.jspecify.annotations.NullMarked;
