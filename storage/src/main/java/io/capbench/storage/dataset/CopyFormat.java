package io.capbench.storage.dataset;

/** What a {@link DatasetCopy} is written as. */
public enum CopyFormat {
  /** Parquet, compressed with zstd. */
  PARQUET(".parquet", "FORMAT parquet, COMPRESSION zstd"),

  /** A JSON object a line. */
  JSON_LINES(".jsonl", "FORMAT json"),

  /** One JSON array of objects. */
  JSON_ARRAY(".json", "FORMAT json, ARRAY true");

  private final String ending;
  private final String sql;

  CopyFormat(String ending, String sql) {
    this.ending = ending;
    this.sql = sql;
  }

  /** What the names of such files end with. */
  public String ending() {
    return ending;
  }

  String sql() {
    return sql;
  }

  /** Whether cells may hold bytes. */
  boolean holdsBytes() {
    return this == PARQUET;
  }
}
