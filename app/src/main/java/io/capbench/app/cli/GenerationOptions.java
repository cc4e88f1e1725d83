package io.capbench.app.cli;

import io.capbench.engine.decode.DecodingOptions;
import io.capbench.engine.decode.Scoring;
import io.capbench.engine.fusion.LocalOptions;
import java.util.List;
import picocli.CommandLine.Option;

/** How a language model generates text. */
final class GenerationOptions {
  @Option(
      names = "--beams",
      paramLabel = "N",
      description =
          "Texts followed at the same time, 1 is greedy search; ${DEFAULT-VALUE} if not given.")
  private int beams;

  @Option(
      names = "--max-new",
      paramLabel = "N",
      description = "Tokens generated at most; ${DEFAULT-VALUE} if not given.")
  private int maxNew;

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

  /**
   * Options that are not given yet.
   *
   * @param beams if not given
   * @param maxNew if not given
   */
  GenerationOptions(int beams, int maxNew) {
    this.beams = beams;
    this.maxNew = maxNew;
  }

  /** Tokens generated at most. */
  int maxNew() {
    return maxNew;
  }

  /** How captions are looked for. */
  LocalOptions.Search search() {
    return new LocalOptions.Search(
        beams, maxNew, Scoring.of(scoring), lengthPenalty, earlyStopping);
  }

  /** How any text is looked for. */
  DecodingOptions options(List<Integer> endTokens) {
    return new DecodingOptions(
        beams, maxNew, Scoring.of(scoring), lengthPenalty, earlyStopping, 1, endTokens);
  }
}
