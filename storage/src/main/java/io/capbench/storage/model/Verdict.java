package io.capbench.storage.model;

import java.util.Locale;

/** What a curator decided on a row. */
public enum Verdict {
  ACCEPTED,
  REJECTED,
  SKIPPED;

  /** The word for this verdict in JSON, SQL and on the command line. */
  public String id() {
    return name().toLowerCase(Locale.ROOT);
  }

  /**
   * The verdict with that {@link #id}.
   *
   * @throws IllegalArgumentException if there is none, naming those that exist
   */
  public static Verdict of(String id) {
    for (Verdict verdict : values()) {
      if (verdict.id().equals(id)) {
        return verdict;
      }
    }
    throw new IllegalArgumentException(
        "No verdict is called \"" + id + "\"; there are accepted, rejected, skipped");
  }
}
