package io.capbench.app.cli;

import io.capbench.storage.model.CaptionRow;
import io.capbench.storage.model.CaptionSpan;
import io.capbench.storage.model.CaptionTrack;
import io.capbench.storage.model.Decision;
import io.capbench.storage.model.RowKey;
import io.capbench.storage.model.Verdict;
import io.capbench.storage.workspace.Fusion;
import io.capbench.storage.workspace.Score;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Prints rows, for people or for scripts. */
final class RowPrinter {
  private final Terminal terminal;
  private final List<CaptionTrack> tracks;
  private final boolean asJson;
  private final Json json = new Json();

  /** A printer of rows with these tracks. */
  RowPrinter(Terminal terminal, List<CaptionTrack> tracks, boolean asJson) {
    this.terminal = terminal;
    this.tracks = List.copyOf(tracks);
    this.asJson = asJson;
  }

  /** What {@code --json} prints for a row. */
  record Line(
      String shard,
      long row,
      String key,
      String uid,
      @Nullable String image,
      Map<String, @Nullable String> captions,
      @Nullable String verdict,
      @Nullable String preferred,
      @Nullable String edited,
      @Nullable String annotator,
      List<String> tags,
      List<CaptionSpan> spans,
      Map<String, @Nullable Double> similarity,
      @Nullable String similarityError,
      Map<String, Fused> fused) {}

  /**
   * What came of a row for a track that a model made.
   *
   * @param flags what the detectors found in the caption
   * @param error why there is no caption; null if there is one, or none was asked for
   */
  record Fused(List<String> flags, @Nullable String error) {}

  /**
   * Prints a row with what holds for it.
   *
   * @param scores of its captions by track, as far as there are any
   * @param made what came of rows, by track
   */
  void print(
      CaptionRow row,
      @Nullable Decision decision,
      Map<String, Score> scores,
      Map<String, Map<RowKey, Fusion>> made) {
    Line line = line(row, decision, scores, fused(row.key(), made));
    if (asJson) {
      terminal.line(json.line(line));
    } else {
      printText(row, line);
    }
  }

  private static Map<String, Fused> fused(RowKey key, Map<String, Map<RowKey, Fusion>> made) {
    Map<String, Fused> fused = new LinkedHashMap<>();
    made.forEach(
        (track, fusions) -> {
          Fusion fusion = fusions.get(key);
          fused.put(
              track,
              fusion == null
                  ? new Fused(List.of(), null)
                  : new Fused(fusion.flags(), fusion.reason()));
        });
    return fused;
  }

  private Line line(
      CaptionRow row,
      @Nullable Decision decision,
      Map<String, Score> scores,
      Map<String, Fused> fused) {
    Map<String, @Nullable String> captions = new LinkedHashMap<>();
    Map<String, @Nullable Double> similarity = new LinkedHashMap<>();
    String error = null;
    for (CaptionTrack track : tracks) {
      captions.put(track.name(), row.caption(track.name()));
      Score score = scores.get(track.name());
      similarity.put(track.name(), score == null ? null : score.similarity());
      error = score == null || score.reason() == null ? error : score.reason();
    }
    Verdict verdict = decision == null ? null : decision.verdict();
    return new Line(
        row.shard(),
        row.key().row(),
        row.key().toString(),
        row.uid(),
        row.image().name().isEmpty() ? null : row.image().name(),
        captions,
        verdict == null ? null : verdict.id(),
        decision == null ? null : decision.preferredTrack(),
        decision == null ? null : decision.editedText(),
        decision == null || !decision.decided() ? null : decision.annotator(),
        decision == null ? List.of() : decision.tags(),
        decision == null ? List.of() : decision.spans(),
        similarity,
        error,
        fused);
  }

  private void printText(CaptionRow row, Line line) {
    StringBuilder head = new StringBuilder(SafeText.line(row.shard()));
    head.append(" row ").append(row.key().row());
    if (line.verdict() != null) {
      head.append(", ").append(line.verdict());
    }
    if (line.preferred() != null) {
      head.append(", prefers ").append(SafeText.line(line.preferred()));
    }
    if (line.annotator() != null) {
      head.append(", by ").append(SafeText.line(line.annotator()));
    }
    if (!line.tags().isEmpty()) {
      head.append(", tagged ").append(SafeText.line(String.join(", ", line.tags())));
    }
    terminal.line(head.toString());
    if (line.image() != null) {
      terminal.line("  image: " + SafeText.line(line.image()));
    }
    line.captions()
        .forEach(
            (track, text) ->
                terminal.line(
                    "  "
                        + SafeText.line(track)
                        + similar(line.similarity().get(track))
                        + ": "
                        + (text == null ? "-" : SafeText.line(text))));
    line.fused()
        .forEach(
            (track, fused) -> {
              if (fused.error() != null) {
                terminal.line("  no " + SafeText.line(track) + ": " + SafeText.line(fused.error()));
              }
            });
    if (line.similarityError() != null) {
      terminal.line("  not scored: " + SafeText.line(line.similarityError()));
    }
    if (line.edited() != null) {
      terminal.line("  written by hand: " + SafeText.line(line.edited()));
    }
    for (CaptionSpan span : line.spans()) {
      terminal.line("  marked: " + SafeText.line(marked(row, span)));
    }
    terminal.line("");
  }

  private static String similar(@Nullable Double similarity) {
    return similarity == null ? "" : String.format(Locale.ROOT, " (%.3f)", similarity);
  }

  private static String marked(CaptionRow row, CaptionSpan span) {
    String caption = Objects.requireNonNullElse(row.caption(span.track()), "");
    boolean inside = span.end() <= caption.length();
    return "%s %d-%d, %s, by %s%s"
        .formatted(
            span.track(),
            span.start(),
            span.end(),
            span.type(),
            span.annotator(),
            inside ? ": " + caption.substring(span.start(), span.end()) : "");
  }
}
