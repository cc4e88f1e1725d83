/**
 * The workspace: one SQLite file that keeps what people decided, as an append-only log with a
 * current view, and what the window remembers.
 */
@NullMarked
package io.capbench.storage.workspace;

import org.jspecify.annotations.NullMarked;
