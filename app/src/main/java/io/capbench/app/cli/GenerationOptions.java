package io.capbench.app.cli;

import io.capbench.engine.decode.DecodingOptions;
import io.capbench.engine.decode.Scoring;
import java.util.List;
import picocli.CommandLine.Option;

/** How a language model generates text. */
final class GenerationOptions {
  @Option(
      names = "--beams",
      paramLabel = "N",
      description = "Texts followed at the same time; 1 (the default) is greedy search.")
  private int beams = 1;

  @Option(
      names = "--max-new",
      paramLabel = "N",
      description = "Tokens generated at most; 20 if not given.")
  private int maxNew = 20;

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

  DecodingOptions options(List<Integer> endTokens) {
    return new DecodingOptions(
        beams, maxNew, Scoring.of(scoring), lengthPenalty, earlyStopping, 1, endTokens);
  }
}
