package io.capbench.viewer.jobs;

import java.util.concurrent.CancellationException;
import java.util.concurrent.locks.ReentrantLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A model in memory that is not freed while it works. Thread-safe; one caller at a time gets its
 * turn, in the order in which they came.
 *
 * @param <M> the model
 */
public final class SharedModel<M> {
  /** What is said of a model that comes with the program, before it is loaded. */
  public static final String BUNDLED =
      "A demonstration model that comes with Capbench and only knows the bundled sample.";

  private static final Logger LOG = LoggerFactory.getLogger(SharedModel.class);

  private final M model;
  private final String name;
  private final Runnable free;
  private final ReentrantLock turn = new ReentrantLock(true);
  private boolean closed;

  /**
   * What a caller does in its turn.
   *
   * @param <M> the model
   * @param <T> what comes of it
   * @param <X> what may go wrong
   */
  public interface Use<M, T, X extends Exception> {

    /** Works with the model, which is not to be kept. */
    T of(M model) throws X;
  }

  /**
   * Takes a model over.
   *
   * @param name of it, for the log
   * @param free frees it; called once
   */
  public SharedModel(M model, String name, Runnable free) {
    this.model = model;
    this.name = name;
    this.free = free;
  }

  /**
   * The model without a turn, for what may be asked of it at any time: what it is, and whatever it
   * says is thread-safe.
   */
  public M aside() {
    return model;
  }

  /** Whether somebody waits for a turn: whoever has much to do should let it pass. */
  public boolean wanted() {
    return turn.hasQueuedThreads();
  }

  /**
   * Waits for a turn, and has it.
   *
   * @throws CancellationException if the model was let go
   */
  public <T, X extends Exception> T use(Use<? super M, T, X> use) throws X {
    turn.lock();
    try {
      if (closed) {
        throw new CancellationException("The model was let go");
      }
      return use.of(model);
    } finally {
      turn.unlock();
    }
  }

  /** Frees the model as soon as it is idle. Idempotent. */
  public void close() {
    turn.lock();
    try {
      freeOnce();
    } finally {
      turn.unlock();
    }
  }

  /** Frees the model if it is idle: weights must not go while a thread reads them. */
  public void closeIfIdle() {
    if (turn.tryLock()) {
      try {
        freeOnce();
      } finally {
        turn.unlock();
      }
    } else {
      LOG.warn("{} is still at work and stays in memory until the program ends", name);
    }
  }

  private void freeOnce() {
    if (!closed) {
      closed = true;
      free.run();
    }
  }
}
