package io.capbench.viewer.fuse;

import io.capbench.storage.model.RowKey;
import io.capbench.viewer.caption.MarkedCaption;

/** What is being made of one row's captions. */
public sealed interface FuseState {

  /** Nothing. */
  record Idle() implements FuseState {}

  /**
   * A row waits for the model.
   *
   * @param row the row
   */
  record Waiting(RowKey row) implements FuseState {}

  /**
   * The text grows.
   *
   * @param row the row
   * @param title of its track
   * @param text so far, with marks
   */
  record Fusing(RowKey row, String title, MarkedCaption text) implements FuseState {}

  /**
   * The caption is finished and kept.
   *
   * @param row the row
   * @param title of its track
   * @param text with marks
   */
  record Fused(RowKey row, String title, MarkedCaption text) implements FuseState {}

  /**
   * There is no caption.
   *
   * @param row the row
   * @param sentence why, for people
   */
  record Failed(RowKey row, String sentence) implements FuseState {}
}
