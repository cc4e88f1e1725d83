package io.capbench.storage.job;

import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ThreadFactory;

/** Threads that do not keep the program alive. */
public final class DaemonThreads {
  private DaemonThreads() {}

  /**
   * A pool that starts threads when they are needed, and lets any number of tasks wait.
   *
   * @param threads at most
   * @param name of each of them
   * @return to be shut down by the caller
   */
  public static ExecutorService pool(int threads, String name) {
    return Executors.newFixedThreadPool(threads, named(name));
  }

  /** Makes threads of one name. */
  public static ThreadFactory named(String name) {
    return work -> {
      Thread thread = new Thread(work, name);
      thread.setDaemon(true);
      return thread;
    };
  }
}
