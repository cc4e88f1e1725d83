package io.capbench.storage.workspace;

import java.nio.file.Path;

/**
 * A shard that was opened with this workspace.
 *
 * @param path where it was seen last
 * @param rows its number of rows
 */
public record KnownShard(Path path, long rows) {}
