package io.capbench.storage.job;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CancellationException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A wish to stop, and what is to be woken by it. Thread-safe. */
final class Cancellation {
  private static final Logger LOG = LoggerFactory.getLogger(Cancellation.class);

  private final Set<Waker> wakers = new LinkedHashSet<>();
  private boolean requested;

  /** Wakes everything registered, once; later calls do nothing. */
  void request() {
    List<Waker> due;
    synchronized (this) {
      if (requested) {
        return;
      }
      requested = true;
      due = new ArrayList<>(wakers);
      wakers.clear();
    }
    due.forEach(Waker::wake);
  }

  synchronized boolean requested() {
    return requested;
  }

  void check() {
    if (requested()) {
      throw new CancellationException("Cancelled");
    }
  }

  JobContext.Registration onRequest(Runnable action) {
    Waker waker = new Waker(action);
    boolean late;
    synchronized (this) {
      late = requested;
      if (!late) {
        wakers.add(waker);
      }
    }
    if (late) {
      waker.wake();
    }
    return () -> {
      synchronized (this) {
        wakers.remove(waker);
      }
      waker.retire();
    };
  }

  /** Runs its action at most once, and never after it was retired. */
  private static final class Waker {
    private final Runnable action;
    private boolean over;

    Waker(Runnable action) {
      this.action = action;
    }

    synchronized void wake() {
      if (over) {
        return;
      }
      over = true;
      try {
        action.run();
      } catch (RuntimeException e) {
        // The others must still be woken.
        LOG.warn("Waking a cancelled job failed; it stops at its next batch", e);
      }
    }

    // Waits for an action that runs at this moment, because what it wakes is freed next.
    synchronized void retire() {
      over = true;
    }
  }
}
