package io.capbench.storage.dataset;

import io.capbench.storage.job.JobContext;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.OptionalLong;
import java.util.zip.GZIPInputStream;

/**
 * Looks for a quote that does not end, and for rows that are too long: DuckDB drops such rows in
 * silence. Not thread-safe.
 */
final class CsvRows {
  private static final int ROWS_A_LOOK = 4096;
  private static final int BYTES_A_LOOK = (1 << 16) - 1;

  /** Where a reader is. */
  private enum State {
    FIELD_START,
    PLAIN,
    QUOTED,
    QUOTE_IN_QUOTED
  }

  private State state = State.FIELD_START;
  private final long longest;
  private long row = 1;
  private long length;
  private OptionalLong tooLong = OptionalLong.empty();

  /**
   * A reader of one file.
   *
   * @param longest bytes that a row may have
   */
  CsvRows(long longest) {
    this.longest = longest;
  }

  /** Number of the row whose quoted field goes on to the end of the file, from 1, if there is. */
  OptionalLong unended() {
    return state == State.QUOTED ? OptionalLong.of(row) : OptionalLong.empty();
  }

  /** Number of the first row that is too long, from 1, if there is one. */
  OptionalLong tooLong() {
    return tooLong;
  }

  /**
   * Reads a file up to the first row that is too long.
   *
   * @throws java.util.concurrent.CancellationException if cancelled
   */
  void read(Path file, char delimiter, JobContext context) throws IOException {
    try (InputStream bytes = Files.newInputStream(file);
        InputStream plain = CsvHead.zipped(file) ? new GZIPInputStream(bytes) : bytes;
        InputStream in = new BufferedInputStream(plain, 1 << 16)) {
      in.mark(3);
      if (in.read() != 0xef || in.read() != 0xbb || in.read() != 0xbf) { // byte order mark
        in.reset();
      }
      for (int next = in.read(); next >= 0; next = in.read()) {
        state = after(next, delimiter);
        length++;
        if ((length & BYTES_A_LOOK) == 0) {
          context.checkCancelled();
        }
        if (state == State.FIELD_START && next != delimiter) {
          row += next == '\n' ? 1 : 0;
          length = 0;
          if (row % ROWS_A_LOOK == 0) {
            context.checkCancelled();
          }
        } else if (length > longest && state != State.QUOTED) {
          tooLong = OptionalLong.of(row);
          return;
        }
      }
    }
  }

  private State after(int next, char delimiter) {
    if (state == State.QUOTED) {
      return next == '"' ? State.QUOTE_IN_QUOTED : State.QUOTED;
    }
    if (next == '"' && state != State.PLAIN) {
      return State.QUOTED; // begins here, or goes on behind a doubled quote
    }
    return next == delimiter || next == '\n' || next == '\r' ? State.FIELD_START : State.PLAIN;
  }
}
