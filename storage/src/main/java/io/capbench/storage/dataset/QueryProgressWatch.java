package io.capbench.storage.dataset;

import io.capbench.storage.job.JobContext;
import java.sql.SQLException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.duckdb.DuckDBPreparedStatement;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells a job how far its running statement is, from a thread of its own. Passes the wish to stop
 * on as well: a statement that is told to stop just before it starts does not hear it.
 */
final class QueryProgressWatch implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(QueryProgressWatch.class);
  private static final long PERIOD_MILLIS = 100;

  private final DuckDBPreparedStatement statement;
  private final Stop stop;
  private final JobContext context;
  private final long total;
  private final String unit;
  private final Semaphore wake = new Semaphore(0);
  private volatile boolean over;
  private final Thread thread = new Thread(this::watch, "query-progress");

  /** Ends a statement from another thread. */
  interface Stop {
    void run() throws SQLException;
  }

  /**
   * Begins to watch.
   *
   * @param stop makes the statement fail
   */
  QueryProgressWatch(DuckDBPreparedStatement statement, Stop stop, DuckDatabase.Watch watch) {
    this.statement = statement;
    this.stop = stop;
    this.context = watch.context();
    this.total = watch.total();
    this.unit = watch.unit();
    thread.setDaemon(true);
    thread.start();
  }

  private void watch() {
    try {
      while (!over) {
        boolean woken = wake.tryAcquire(PERIOD_MILLIS, TimeUnit.MILLISECONDS);
        if (over) {
          return;
        }
        if (context.cancelled()) {
          stop.run();
          continue;
        }
        if (woken) {
          continue;
        }
        // Below zero where DuckDB does not know: then it says at least that it works.
        double part = Math.max(0, statement.getQueryProgress().getPercentage()) / 100;
        context.progress((long) (total * Math.min(part, 1)), total, unit);
      }
    } catch (SQLException e) {
      LOG.debug("The query ended while it was looked at", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Looks at once whether somebody wants the statement to stop; returns at once. */
  void look() {
    wake.release();
  }

  /** Waits until nobody looks at the statement any more. */
  @Override
  public void close() {
    over = true;
    wake.release();
    await(thread);
  }

  /** Waits until a thread has ended, also when this one is interrupted. */
  static void await(Thread thread) {
    boolean interrupted = false;
    while (thread.isAlive()) {
      try {
        thread.join();
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
