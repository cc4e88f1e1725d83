package io.capbench.storage.dataset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.capbench.storage.job.ForegroundContext;
import io.capbench.storage.job.JobContext;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.concurrent.CancellationException;
import org.duckdb.DuckDBConnection;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class DuckDatabaseTest {
  @TempDir Path temp;

  @Test
  void theDriverHasTheMethodThatInterrupts() throws Exception {
    QueryInterrupt interrupt = new QueryInterrupt();
    try (DuckDatabase database = new DuckDatabase(temp)) {
      DuckDBConnection connection = database.connect();
      interrupt.stop(connection); // nothing runs: nothing happens
      connection.close();
      assertThatThrownBy(() -> interrupt.stop(connection)).isInstanceOf(SQLException.class);
    }
  }

  @Test
  void aListCanBeCancelledBeforeItBegins() {
    ForegroundContext context = new ForegroundContext(progress -> {});
    context.cancel();
    try (DuckDatabase database = new DuckDatabase(temp)) {
      assertThatThrownBy(() -> database.list("SELECT 1", row -> row.getInt(1), context))
          .isInstanceOf(CancellationException.class);
    }
  }

  @Test
  void aListHasTheRowsInTheirOrder() throws Exception {
    try (DuckDatabase database = new DuckDatabase(temp)) {
      assertThat(
              database.list(
                  "SELECT i FROM range(3) AS t(i) ORDER BY i DESC",
                  row -> row.getInt(1),
                  JobContext.unwatched()))
          .containsExactly(2, 1, 0);
    }
  }
}
