package io.capbench.engine.kernel;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * Threads that share the rows of a matrix, for pieces of work of a fraction of a millisecond that
 * follow each other closely: they stay awake for a moment after each. Rows are taken a few at a
 * time, so that a thread which the machine has put aside holds nobody up for long, and work is done
 * by the caller alone where no other comes. One caller at a time; close it to end the threads.
 */
public final class RowWorkers implements AutoCloseable {
  /** Looks for work before a thread goes to sleep, some ten microseconds. */
  private static final int AWAKE = 2_000;

  /** Looks for the others' last rows before the caller lets them have its processor. */
  private static final int PATIENCE = 200;

  private final List<Worker> workers = new ArrayList<>();
  private volatile Work work = new Work((from, to) -> {}, 0, 1);
  private volatile boolean closed;

  /**
   * Starts threads.
   *
   * @param threads with the caller's, at least 1
   */
  public RowWorkers(int threads) {
    for (int i = 1; i < threads; i++) {
      Worker worker = new Worker("linear-" + i);
      workers.add(worker);
      worker.start();
    }
  }

  /** Does something with some rows. */
  interface Part {
    /** Rows from {@code from} to {@code to}, exclusive; on any thread. */
    void compute(int from, int to);
  }

  /**
   * Has all rows done and waits for it.
   *
   * @param rows how many
   * @param atOnce how many are taken at a time
   * @throws RuntimeException what a part threw, after all have ended
   */
  void run(int rows, int atOnce, Part part) {
    Work own = new Work(part, rows, atOnce);
    if (own.parts > 1) {
      work = own;
      workers.forEach(Worker::wake);
    }
    own.takeAll();
    own.await();
  }

  /** Ends the threads. */
  @Override
  public void close() {
    closed = true;
    workers.forEach(LockSupport::unpark);
  }

  /** One matrix. */
  private static final class Work {
    private final Part part;
    private final int rows;
    private final int atOnce;
    private final int parts;
    private final AtomicInteger next = new AtomicInteger();
    private final AtomicInteger ended = new AtomicInteger();
    private volatile @Nullable Throwable failure;

    Work(Part part, int rows, int atOnce) {
      this.part = part;
      this.rows = rows;
      this.atOnce = Math.max(1, atOnce);
      this.parts = (rows + this.atOnce - 1) / this.atOnce;
    }

    void takeAll() {
      for (int i = next.getAndIncrement(); i < parts; i = next.getAndIncrement()) {
        try {
          int from = i * atOnce;
          part.compute(from, Math.min(rows, from + atOnce));
        } catch (RuntimeException | Error e) {
          failure = e;
        } finally {
          ended.incrementAndGet();
        }
      }
    }

    boolean waiting() {
      return next.get() < parts;
    }

    void await() {
      for (int looks = 0; ended.get() < parts; looks++) {
        if (looks < PATIENCE) {
          Thread.onSpinWait();
        } else {
          Thread.yield();
        }
      }
      if (failure instanceof Error error) {
        throw error;
      }
      if (failure instanceof RuntimeException exception) {
        throw exception;
      }
    }
  }

  private final class Worker extends Thread {
    private volatile boolean asleep;

    Worker(String name) {
      super(name);
      setDaemon(true);
    }

    void wake() {
      if (asleep) {
        LockSupport.unpark(this);
      }
    }

    @Override
    public void run() {
      int looks = 0;
      while (!closed) {
        Work current = work;
        if (current.waiting()) {
          current.takeAll();
          looks = 0;
        } else if (looks++ < AWAKE) {
          Thread.onSpinWait();
        } else {
          asleep = true;
          if (work == current && !closed) {
            LockSupport.park(this);
          }
          asleep = false;
          looks = 0;
        }
      }
    }
  }
}
