package io.capbench.app.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.capbench.storage.job.Progress;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ProgressLineTest {
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();
  private long nanos;

  private Terminal terminal(boolean errIsTerminal) {
    return new Terminal(out, err, () -> false, () -> errIsTerminal, Map.of());
  }

  private String err() {
    return err.toString(StandardCharsets.UTF_8);
  }

  @Test
  void shortWorkShowsNothing() {
    ProgressLine line = new ProgressLine(terminal(true), () -> nanos);
    nanos = 499_000_000;

    line.accept(new Progress(1, 2, "rows"));

    assertThat(err()).isEmpty();
  }

  @Test
  void longWorkShowsABarOfTenStepsASecondAtMost() {
    ProgressLine line = new ProgressLine(terminal(true), () -> nanos);
    nanos = 500_000_000;
    line.accept(new Progress(1500, 3000, "rows"));
    nanos += 99_000_000;
    line.accept(new Progress(1600, 3000, "rows"));
    nanos += 1_000_000;
    line.accept(new Progress(3000, 3000, "rows"));

    assertThat(err())
        .isEqualTo(
            "\r\u001b[K["
                + "#".repeat(15)
                + ".".repeat(15)
                + "]  50 %  1,500 of 3,000 rows\r\u001b[K["
                + "#".repeat(30)
                + "] 100 %  3,000 of 3,000 rows");
  }

  @Test
  void workOfUnknownLengthIsCounted() {
    ProgressLine line = new ProgressLine(terminal(true), () -> nanos);
    nanos = 600_000_000;

    line.accept(new Progress(1234, -1, "bytes"));

    assertThat(err()).isEqualTo("\r\u001b[K1,234 bytes");
  }

  @Test
  void nothingIsDrawnIntoAFile() {
    ProgressLine line = new ProgressLine(terminal(false), () -> nanos);
    nanos = 600_000_000;

    line.accept(new Progress(1, 2, "rows"));

    assertThat(err()).isEmpty();
  }

  @Test
  void resultsAndMessagesTakeTheBarAwayFirst() {
    Terminal terminal = terminal(true);
    terminal.status("half");
    terminal.line("result");
    terminal.status("more");
    terminal.message("a message");
    terminal.flush();

    assertThat(err())
        .isEqualTo("\r\u001b[Khalf\r\u001b[K\r\u001b[Kmore\r\u001b[Kcapbench: a message\n");
    assertThat(out.toString(StandardCharsets.UTF_8)).isEqualTo("result\n");
  }

  @Test
  void whetherThereIsATerminalIsAskedOnce() {
    int[] asked = {0};
    Terminal terminal =
        new Terminal(
            out,
            err,
            () -> {
              asked[0]++;
              return true;
            },
            () -> true,
            Map.of());

    assertThat(asked[0]).isZero();
    assertThat(terminal.colour()).isTrue();
    assertThat(terminal.colour()).isTrue();
    assertThat(asked[0]).isEqualTo(1);
  }
}
