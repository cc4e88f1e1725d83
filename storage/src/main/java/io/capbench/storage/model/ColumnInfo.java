package io.capbench.storage.model;

/**
 * A column of a dataset.
 *
 * @param name as the shard writes it
 * @param type DuckDB's name for its type, such as {@code VARCHAR} or {@code STRUCT(bytes BLOB, path
 *     VARCHAR)}
 */
public record ColumnInfo(String name, String type) {}
