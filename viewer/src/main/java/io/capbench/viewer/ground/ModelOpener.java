package io.capbench.viewer.ground;

import io.capbench.storage.job.JobContext;
import java.nio.file.Path;

/** Loads models. Called on the DEVICE lane, one call at a time. */
public interface ModelOpener {

  /**
   * Loads the model of a folder.
   *
   * @param folder with weights, configuration and tokenizer
   * @param context hears how far it is, and may ask it to stop
   * @return the model; whoever asked closes it
   * @throws io.capbench.storage.model.CapbenchException if it cannot be loaded: what is missing, or
   *     that there is not enough memory
   * @throws java.util.concurrent.CancellationException if cancelled
   */
  OpenModel open(Path folder, JobContext context);
}
