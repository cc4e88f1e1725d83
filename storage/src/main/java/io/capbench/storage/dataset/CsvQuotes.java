package io.capbench.storage.dataset;

import io.capbench.storage.job.JobContext;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.OptionalLong;
import java.util.zip.GZIPInputStream;

/** Looks for a quote that does not end: DuckDB drops the row that begins with it in silence. */
final class CsvQuotes {
  private static final int ROWS_A_LOOK = 4096;

  /** Where a reader is. */
  private enum State {
    FIELD_START,
    PLAIN,
    QUOTED,
    QUOTE_IN_QUOTED
  }

  private State state = State.FIELD_START;
  private long row = 1;

  /** Number of the row whose quoted field goes on to the end of the file, from 1, if there is. */
  OptionalLong unended(Path file, char delimiter, JobContext context) throws IOException {
    try (InputStream bytes = Files.newInputStream(file);
        InputStream plain = CsvHead.zipped(file) ? new GZIPInputStream(bytes) : bytes;
        InputStream in = new BufferedInputStream(plain, 1 << 16)) {
      in.mark(3);
      if (in.read() != 0xef || in.read() != 0xbb || in.read() != 0xbf) { // byte order mark
        in.reset();
      }
      for (int next = in.read(); next >= 0; next = in.read()) {
        state = after(next, delimiter);
        if (next == '\n' && state == State.FIELD_START) {
          row++;
          if (row % ROWS_A_LOOK == 0) {
            context.checkCancelled();
          }
        }
      }
    }
    return state == State.QUOTED ? OptionalLong.of(row) : OptionalLong.empty();
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
