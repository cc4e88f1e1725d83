package io.capbench.engine.explain;

import io.capbench.engine.text.SubCaption;
import io.capbench.storage.image.ImageBytes;
import io.capbench.storage.image.ImageException;
import io.capbench.storage.job.JobContext;
import java.util.List;

/** Finds sub-captions in images with one loaded model. One thread at a time. */
public interface Grounder extends AutoCloseable {

  /** What is loaded. */
  ModelDescription model();

  /**
   * Passes an image through the vision tower once and all sub-captions through the text tower, and
   * propagates each sub-caption's gradient back. Asks between sub-captions whether it is cancelled.
   *
   * @param image as {@code ImageInspector} checked it
   * @param caption the whole caption
   * @param subCaptions parts of it, at least one
   * @throws ImageException if the image does not decode
   * @throws io.capbench.storage.model.CapbenchException if there is not enough memory, or the
   *     weights give numbers that are none
   * @throws java.util.concurrent.CancellationException if cancelled
   */
  Grounding ground(
      ImageBytes image, String caption, List<SubCaption> subCaptions, JobContext context)
      throws ImageException;

  /** Frees the weights. */
  @Override
  void close();
}
