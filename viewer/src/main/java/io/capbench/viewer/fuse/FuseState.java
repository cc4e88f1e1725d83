package io.capbench.viewer.fuse;

import io.capbench.storage.model.RowKey;
import io.capbench.viewer.caption.MarkedCaption;
import org.jspecify.annotations.Nullable;

/** What is being made of one row's captions. */
public sealed interface FuseState {

  /** The name of the track that the caption belongs to, or null if it is none yet. */
  default @Nullable String track() {
    return null;
  }

  /** Nothing. */
  record Idle() implements FuseState {}

  /**
   * A row waits for the model.
   *
   * @param row the row
   * @param track the likely one, until the model is known
   */
  record Waiting(RowKey row, @Nullable String track) implements FuseState {}

  /**
   * The text grows.
   *
   * @param row the row
   * @param track as in {@link FuseState#track}
   * @param title that says what is under way
   * @param text so far, with marks
   */
  record Fusing(RowKey row, @Nullable String track, String title, MarkedCaption text)
      implements FuseState {}

  /**
   * The caption is finished and kept.
   *
   * @param row the row
   * @param track as in {@link FuseState#track}
   * @param title that says what was under way
   * @param text with marks
   */
  record Fused(RowKey row, @Nullable String track, String title, MarkedCaption text)
      implements FuseState {}

  /**
   * There is no caption.
   *
   * @param row the row
   * @param sentence why, for people
   */
  record Failed(RowKey row, String sentence) implements FuseState {}
}
