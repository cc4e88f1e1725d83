package io.capbench.storage.dataset;

import java.nio.file.Path;

/**
 * A file of an open dataset is no longer what was opened.
 *
 * @param path the file
 * @param kind what happened to it
 */
public record ShardChange(Path path, Kind kind) {

  /** What can happen to a file. */
  public enum Kind {
    REPLACED("was replaced"),
    GROWN("has grown"),
    DELETED("is gone"),
    UNREACHABLE("cannot be reached");

    private final String words;

    Kind(String words) {
      this.words = words;
    }
  }

  /** What happened, as a sentence without its full stop. */
  public String sentence() {
    return path.getFileName() + " " + kind.words;
  }
}
