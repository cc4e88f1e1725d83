package io.capbench.app.cli;

import io.capbench.engine.fusion.FusedCaption;
import io.capbench.engine.fusion.FuserDescription;
import io.capbench.engine.fusion.FusionReport;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Prints what {@code capbench fuse} did. */
final class FusePrinter {
  private static final double NANOS = 1e9;

  private final Terminal terminal;
  private final boolean json;

  FusePrinter(Terminal terminal, boolean json) {
    this.terminal = terminal;
    this.json = json;
  }

  /** Nanoseconds that loading and fusing took. */
  record Seconds(long loading, long fusing) {}

  /** What {@code --json} says of a model. */
  record Model(String name, String sha256, @Nullable String dtype, String device, String decoding) {
    static Model of(FuserDescription fuser) {
      return new Model(
          fuser.name(),
          fuser.sha256(),
          fuser.dtype().isEmpty() ? null : fuser.dtype(),
          fuser.device(),
          fuser.decoding());
    }
  }

  /**
   * What {@code --json} prints for one row.
   *
   * @param tokenIds null where a server does not tell, as score and promptTokens
   * @param seconds for the caption, without loading the model
   */
  record RowReport(
      String text,
      @Nullable List<Integer> tokenIds,
      @Nullable Double score,
      @Nullable Integer promptTokens,
      String finish,
      Model model,
      String promptSha256,
      double seconds,
      double loadingSeconds,
      List<String> flags) {}

  /** What {@code --json} prints for datasets; the numbers count rows. */
  record DatasetReport(
      String dataset,
      String workspace,
      @Nullable String out,
      String track,
      Model model,
      String promptSha256,
      long rows,
      long fused,
      long reused,
      long kept,
      long failed,
      long flagged,
      double seconds) {}

  void print(FuserDescription fuser, FusedCaption fused, List<String> flags, Seconds seconds) {
    terminal.clearStatus();
    if (!json) {
      terminal.line(SafeText.line(fused.text()));
      if (!flags.isEmpty()) {
        terminal.message("Detectors found: " + String.join(", ", flags));
      }
      return;
    }
    terminal.line(
        new Json()
            .line(
                new RowReport(
                    fused.text(),
                    fused.tokenIds().isEmpty() ? null : fused.tokenIds(),
                    Double.isFinite(fused.score()) ? fused.score() : null,
                    fused.promptTokens() == 0 ? null : fused.promptTokens(),
                    fused.finish().id(),
                    Model.of(fuser),
                    fuser.promptSha256(),
                    seconds.fusing() / NANOS,
                    seconds.loading() / NANOS,
                    flags)));
  }

  void print(
      OpenedDataset opened, FuserDescription fuser, FusionReport report, @Nullable Path out) {
    terminal.clearStatus();
    String workspace = opened.workspace().file().toString();
    if (json) {
      terminal.line(
          new Json()
              .line(
                  new DatasetReport(
                      opened.info().name(),
                      workspace,
                      out == null ? null : out.toString(),
                      report.fuser().label(),
                      Model.of(fuser),
                      fuser.promptSha256(),
                      report.rows(),
                      report.fused(),
                      report.reused(),
                      report.kept(),
                      report.failed(),
                      report.flagged(),
                      report.seconds())));
      return;
    }
    terminal.line(
        String.format(
            Locale.ROOT,
            "%,d rows in %.1f s with %s on %s",
            report.rows(),
            report.seconds(),
            SafeText.line(fuser.name()),
            fuser.device()));
    terminal.count(report.fused(), "were fused");
    terminal.count(report.reused(), "took the caption of a row with the same captions");
    terminal.count(report.kept(), "were fused before");
    terminal.count(report.failed(), "could not be fused; capbench rows says why");
    terminal.count(report.flagged(), "have something that detectors found");
    terminal.line(
        "The captions are in "
            + SafeText.line(workspace)
            + " as the track "
            + SafeText.line(report.fuser().label())
            + ".");
    if (out != null) {
      terminal.line("Wrote " + SafeText.line(out.toString()) + ".");
    }
  }
}
