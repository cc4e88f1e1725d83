package io.capbench.storage.dataset;

import java.lang.reflect.Field;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.sql.SQLException;
import java.util.concurrent.locks.Lock;
import org.duckdb.DuckDBConnection;

/**
 * Stops what a connection runs. {@link java.sql.Statement#cancel} does that only until the first
 * row: while a result streams, DuckDB's driver ignores it, and closing the result works on until
 * the result's buffer is full, for a filter with few hits until the end. What the driver would call
 * is there, but not public. Thread-safe.
 */
final class QueryInterrupt {
  private final Method interrupt;
  private final Field lock;

  /**
   * Looks the driver's method up.
   *
   * @throws IllegalStateException if this version of the driver has no such method
   */
  QueryInterrupt() {
    try {
      interrupt = DuckDBConnection.class.getDeclaredMethod("interrupt");
      interrupt.setAccessible(true);
      lock = DuckDBConnection.class.getDeclaredField("connRefLock");
      lock.setAccessible(true);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("This version of DuckDB's driver cannot be interrupted", e);
    }
  }

  /**
   * Makes what runs fail, if anything runs. Waits as long as a row is fetched: not for the FX
   * thread.
   *
   * @throws SQLException if the connection is closed
   */
  void stop(DuckDBConnection connection) throws SQLException {
    try {
      Lock held = (Lock) lock.get(connection);
      held.lock();
      try {
        interrupt.invoke(connection);
      } finally {
        held.unlock();
      }
    } catch (InvocationTargetException e) {
      if (e.getCause() instanceof SQLException failure) {
        throw failure;
      }
      throw new IllegalStateException("DuckDB cannot be interrupted", e);
    } catch (IllegalAccessException e) {
      throw new IllegalStateException("DuckDB cannot be interrupted", e);
    }
  }
}
