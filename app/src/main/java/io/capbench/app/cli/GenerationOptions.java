package io.capbench.app.cli;

import io.capbench.engine.decode.DecodingOptions;
import io.capbench.engine.decode.Scoring;
import io.capbench.engine.fusion.LocalOptions;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** How a language model generates text. */
final class GenerationOptions {
  private static final int MAX_NEW = 20;

  @Option(
      names = "--beams",
      paramLabel = "N",
      description =
          "Texts followed at the same time, 1 is greedy search. If not given: 3 to fuse, or what a"
              + " model with a prompt of its own says; else 1.")
  private @Nullable Integer beams;

  @Option(
      names = "--max-new",
      paramLabel = "N",
      description =
          "Tokens generated at most. If not given: 80 to fuse, or what a model with a prompt of its"
              + " own says; else 20.")
  private @Nullable Integer maxNew;

  @Option(
      names = "--scoring",
      paramLabel = "NAME",
      description =
          "Whose scores choose among beams: hf428 (the default; transformers 4.28, as CapsFusion) or"
              + " hf447 (transformers 4.47).")
  private String scoring = Scoring.HF428.id();

  @Option(
      names = "--length-penalty",
      paramLabel = "X",
      description = "Power of the length that scores are divided by; 1 if not given.")
  private double lengthPenalty = 1;

  @Option(
      names = "--early-stopping",
      description = "End a row as soon as as many texts have ended as there are beams.")
  private boolean earlyStopping;

  /** Tokens generated at most, if not given as usual. */
  int maxNew(LocalOptions.Search usual) {
    return maxNew == null ? usual.maxNewTokens() : maxNew;
  }

  /** How captions are looked for; what is not given is as usual. */
  LocalOptions.Search search(LocalOptions.Search usual) {
    return new LocalOptions.Search(
        beams == null ? usual.beams() : beams,
        maxNew(usual),
        Scoring.of(scoring),
        lengthPenalty,
        earlyStopping);
  }

  /** How any text is looked for. */
  DecodingOptions options(List<Integer> endTokens) {
    return new DecodingOptions(
        beams == null ? 1 : beams,
        maxNew == null ? MAX_NEW : maxNew,
        Scoring.of(scoring),
        lengthPenalty,
        earlyStopping,
        1,
        endTokens);
  }
}
