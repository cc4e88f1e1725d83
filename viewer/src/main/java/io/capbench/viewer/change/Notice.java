package io.capbench.viewer.change;

import io.capbench.storage.reanchor.ReanchorReport;

/** Something that the person should know of the open dataset, and can do something about. */
public sealed interface Notice {

  /** What to tell. */
  String text();

  /**
   * Files changed while they were open.
   *
   * @param text names them
   */
  record FilesChanged(String text) implements Notice {}

  /**
   * There are decisions on rows of files that were written anew.
   *
   * @param text how many, and of which files
   */
  record DecisionsWithoutRows(String text) implements Notice {}

  /**
   * Decisions were brought to their rows.
   *
   * @param text how many were, and how many were not
   * @param report which ones were not
   */
  record Reanchored(String text, ReanchorReport report) implements Notice {}
}
