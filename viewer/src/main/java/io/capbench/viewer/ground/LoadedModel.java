package io.capbench.viewer.ground;

import io.capbench.engine.explain.Grounder;
import io.capbench.engine.explain.Grounding;
import io.capbench.engine.explain.ModelDescription;
import io.capbench.engine.score.JointSpace;
import io.capbench.engine.text.SubCaption;
import io.capbench.storage.image.ImageBytes;
import io.capbench.storage.image.ImageException;
import io.capbench.storage.job.JobContext;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A model in memory that is not freed while it works. Thread-safe; one caller at a time gets its
 * turn.
 */
public final class LoadedModel {
  private static final Logger LOG = LoggerFactory.getLogger(LoadedModel.class);

  private final Grounder grounder;
  private final JointSpace space;
  private final ModelDescription description;
  private final ReentrantLock turn = new ReentrantLock(true);
  private boolean closed;

  LoadedModel(OpenModel open) {
    this.grounder = open.grounder();
    this.space = open.space();
    this.description = grounder.model();
  }

  /** What it is. */
  public ModelDescription description() {
    return description;
  }

  /**
   * Finds sub-captions in an image.
   *
   * @throws ImageException if the image does not decode
   * @throws io.capbench.storage.model.CapbenchException as {@link Grounder#ground} says
   * @throws CancellationException if cancelled, or if the model was let go
   */
  Grounding ground(
      ImageBytes image, String caption, List<SubCaption> subCaptions, JobContext context)
      throws ImageException {
    turn.lock();
    try {
      if (closed) {
        throw new CancellationException("The model was let go");
      }
      context.checkCancelled();
      return grounder.ground(image, caption, subCaptions, context);
    } finally {
      turn.unlock();
    }
  }

  /** Compares captions and images, in turns with whoever looks; not to be closed. */
  JointSpace space() {
    return new SharedSpace(this, space);
  }

  /**
   * Has the model do something in its turn.
   *
   * @throws CancellationException if the model was let go
   */
  <T> T inTurn(Supplier<T> work) {
    turn.lock();
    try {
      if (closed) {
        throw new CancellationException("The model was let go");
      }
      return work.get();
    } finally {
      turn.unlock();
    }
  }

  /** Frees the model as soon as it is idle. Idempotent. */
  void close() {
    turn.lock();
    try {
      free();
    } finally {
      turn.unlock();
    }
  }

  /** Frees the model if it is idle: weights must not go while a thread reads them. */
  void closeIfIdle() {
    if (turn.tryLock()) {
      try {
        free();
      } finally {
        turn.unlock();
      }
    } else {
      LOG.warn("{} is still at work and stays in memory until the program ends", description);
    }
  }

  private void free() {
    if (!closed) {
      closed = true;
      grounder.close();
    }
  }
}
