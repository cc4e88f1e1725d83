package io.capbench.viewer.ground;

import io.capbench.engine.explain.GroundingAdvice;
import io.capbench.engine.explain.ModelDescription;
import io.capbench.storage.job.Progress;
import io.capbench.viewer.jobs.SharedModel;
import java.nio.file.Path;

/** Where the window's model stands. */
public sealed interface ModelState {

  /** Nobody has chosen a model yet. */
  record None() implements ModelState {}

  /**
   * It is chosen and not in memory.
   *
   * @param folder where it is
   */
  record Chosen(Path folder) implements ModelState {}

  /**
   * It is being loaded.
   *
   * @param folder where it is
   * @param progress how far
   */
  record Loading(Path folder, Progress progress) implements ModelState {}

  /**
   * It is in memory.
   *
   * @param folder where it is
   * @param model what can be asked
   */
  record Ready(Path folder, SharedModel<OpenModel> model) implements ModelState {
    /** What a person is told of it. */
    public ModelDescription description() {
      return model.aside().description();
    }

    /** How it is best looked with. */
    public GroundingAdvice advice() {
      return model.aside().advice();
    }
  }

  /**
   * It cannot be loaded.
   *
   * @param folder where it should be
   * @param sentence why, for people
   */
  record Failed(Path folder, String sentence) implements ModelState {}
}
