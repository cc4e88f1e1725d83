package io.capbench.viewer.fuse;

import io.capbench.engine.fusion.Fuser;
import io.capbench.storage.job.Progress;
import io.capbench.viewer.jobs.SharedModel;
import org.jspecify.annotations.Nullable;

/** Where the window's fuser stands. */
public sealed interface FuserState {

  /** Nobody has chosen one yet. */
  record None() implements FuserState {}

  /** It is chosen and not in memory. */
  record Chosen(FuserChoice choice) implements FuserState {}

  /**
   * It is being loaded.
   *
   * @param progress how far
   */
  record Loading(FuserChoice choice, Progress progress) implements FuserState {}

  /**
   * It is there.
   *
   * @param fuser what can be asked
   * @param note what its maker says of it, or null
   */
  record Ready(FuserChoice choice, SharedModel<Fuser> fuser, @Nullable String note)
      implements FuserState {}

  /**
   * It cannot be loaded.
   *
   * @param sentence why, for people
   */
  record Failed(FuserChoice choice, String sentence) implements FuserState {}
}
