package io.capbench.viewer.ground;

import io.capbench.engine.explain.Grounding;
import io.capbench.storage.job.Progress;

/** Where looking at the selected row's caption stands. */
public sealed interface GroundState {

  /** Nobody looks. */
  record Off() implements GroundState {}

  /**
   * There is nothing to look at or to look for.
   *
   * @param sentence what is missing, for people
   */
  record Nothing(String sentence) implements GroundState {}

  /** It takes a model, and none is chosen. */
  record NoModel() implements GroundState {}

  /**
   * The model is on its way.
   *
   * @param name of the model
   * @param progress how far
   */
  record LoadingModel(String name, Progress progress) implements GroundState {}

  /**
   * The model looks.
   *
   * @param progress how far
   */
  record Looking(Progress progress) implements GroundState {}

  /**
   * It is known what the sub-captions look at.
   *
   * @param grounding of the sub-captions, in their order
   */
  record Found(Grounding grounding) implements GroundState {}

  /**
   * It cannot be found out.
   *
   * @param sentence why, for people
   */
  record Failed(String sentence) implements GroundState {}

  /** The person stopped it. */
  record Cancelled() implements GroundState {}
}
