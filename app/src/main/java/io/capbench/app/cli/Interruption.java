package io.capbench.app.cli;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Turns Ctrl-C into a wish to stop, and holds the end of the program back until the work has
 * cleaned up after itself, ten seconds at most. The exit code is then 130, which Java gives a
 * program that SIGINT ended.
 */
final class Interruption implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Interruption.class);
  private static final long SECONDS = 10;

  private final CountDownLatch over = new CountDownLatch(1);
  private final Thread hook;

  /**
   * Watches from now on.
   *
   * @param cancel asks the work to stop; called on a thread of its own
   */
  Interruption(Runnable cancel) {
    hook = new Thread(() -> stop(cancel), "interruption");
    Runtime.getRuntime().addShutdownHook(hook);
  }

  private void stop(Runnable cancel) {
    cancel.run();
    try {
      if (!over.await(SECONDS, TimeUnit.SECONDS)) {
        LOG.warn("The work did not stop within {} seconds", SECONDS);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Says that the work is over and has cleaned up. Idempotent. */
  @Override
  public void close() {
    over.countDown();
    try {
      Runtime.getRuntime().removeShutdownHook(hook);
    } catch (IllegalStateException e) {
      LOG.debug("The program is ending already, and its end waited for this", e);
    }
  }
}
