package io.capbench.viewer.fuse;

import io.capbench.engine.fusion.Fuser;
import io.capbench.storage.job.JobContext;
import org.jspecify.annotations.Nullable;

/** Loads models that merge captions. Called on the DEVICE lane, one call at a time. */
public interface FuserOpener {

  /**
   * Loads a model, or prepares to ask a server.
   *
   * @param context hears how far it is, and may ask it to stop
   * @return to be closed by whoever asked
   * @throws io.capbench.storage.model.CapbenchException if it cannot be loaded, saying why
   * @throws java.util.concurrent.CancellationException if cancelled
   */
  Fuser open(FuserChoice choice, JobContext context);

  /** What its maker says of a model, or null. */
  default @Nullable String note(FuserChoice choice) {
    return null;
  }
}
