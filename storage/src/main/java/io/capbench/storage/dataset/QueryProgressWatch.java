package io.capbench.storage.dataset;

import io.capbench.storage.job.JobContext;
import java.sql.SQLException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.duckdb.DuckDBPreparedStatement;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells a job how far its running statement is, from a thread of its own. */
final class QueryProgressWatch implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(QueryProgressWatch.class);
  private static final long PERIOD_MILLIS = 200;

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
        double percentage = statement.getQueryProgress().getPercentage();
        if (percentage >= 0) { // below zero before DuckDB knows
          context.progress((long) (total * Math.min(percentage, 100) / 100), total, unit);
        }
      }
    } catch (SQLException e) {
      LOG.debug("The query ended while its progress was asked for", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Waits until nobody looks at the statement any more. */
  @Override
  public void close() {
    over.countDown();
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
