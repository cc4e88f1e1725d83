package io.capbench.storage.dataset;

import io.capbench.storage.job.JobContext;
import java.sql.SQLException;
import java.util.concurrent.CountDownLatch;
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
  private final JobContext context;
  private final long total;
  private final String unit;
  private final CountDownLatch over = new CountDownLatch(1);
  private final Thread thread = new Thread(this::watch, "query-progress");

  QueryProgressWatch(
      DuckDBPreparedStatement statement, JobContext context, long total, String unit) {
    this.statement = statement;
    this.context = context;
    this.total = total;
    this.unit = unit;
    thread.setDaemon(true);
    thread.start();
  }

  private void watch() {
    try {
      while (!over.await(PERIOD_MILLIS, TimeUnit.MILLISECONDS)) {
        if (context.cancelled()) {
          statement.cancel();
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

  /** Waits until nobody looks at the statement any more. */
  @Override
  public void close() {
    over.countDown();
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
