package io.capbench.engine.fusion;

import io.capbench.engine.decode.Scoring;
import io.capbench.engine.llama.Precision;
import io.capbench.engine.torch.DeviceChoice;
import io.capbench.storage.model.CapbenchException;

/**
 * How a model on this machine merges captions.
 *
 * @param precision what it computes in
 * @param device where it runs
 * @param search how text is looked for
 * @param promptTokens tokens of a prompt at most; prompts count as padded to so many
 * @param strictOriginal whether prompts are cut with the original's defects, and captions that are
 *     missing or have the prompt's own words are merged as it does
 * @param rows merged at the same time, 1 to 256, each of which needs memory for its tokens; {@link
 *     #SUITABLE_ROWS} for as many as suit the model and the memory
 */
public record LocalOptions(
    Precision precision,
    DeviceChoice device,
    Search search,
    int promptTokens,
    boolean strictOriginal,
    int rows) {
  /** As many rows at the same time as suit the model and the memory. */
  public static final int SUITABLE_ROWS = 0;

  private static final int MOST_ROWS = 256;
  private static final int MOST_TOKENS = 100_000;

  /**
   * How text is looked for.
   *
   * @param beams hypotheses followed at the same time; 1 is greedy search
   * @param maxNewTokens tokens of a caption at most, the end token counted
   * @param scoring how hypotheses are ranked
   * @param lengthPenalty power of the length that scores are divided by
   * @param earlyStopping whether a row ends as soon as it has as many ended hypotheses as beams
   */
  public record Search(
      int beams, int maxNewTokens, Scoring scoring, double lengthPenalty, boolean earlyStopping) {

    /** As {@code capsfusion_inference.py} does, with transformers 4.28. */
    public static Search original() {
      return new Search(3, 80, Scoring.HF428, 1, false);
    }
  }

  /**
   * Checks the numbers.
   *
   * @throws CapbenchException if one is out of its range
   */
  public LocalOptions {
    if (rows < SUITABLE_ROWS || rows > MOST_ROWS) {
      throw new CapbenchException(
          rows + " rows at the same time are not possible. Choose 1 to 256.");
    }
    if (promptTokens < 1 || promptTokens > MOST_TOKENS) {
      throw new CapbenchException(
          "A prompt of " + promptTokens + " tokens is not possible. Choose 1 to 100,000.");
    }
  }

  /** As {@code capsfusion_inference.py} does, as the weights are stored. */
  public static LocalOptions original() {
    return new LocalOptions(
        Precision.STORED, DeviceChoice.AUTO, Search.original(), 256, false, SUITABLE_ROWS);
  }

  /** All that decides on captions beside model, prompt and precision. */
  String decoding() {
    String text =
        "beams=%d max_new=%d prompt_tokens=%d"
            .formatted(search.beams(), search.maxNewTokens(), promptTokens);
    if (search.beams() > 1) {
      text +=
          " scoring=%s length_penalty=%s".formatted(search.scoring().id(), search.lengthPenalty());
      text += search.earlyStopping() ? " early_stopping" : "";
    }
    return text + (strictOriginal ? " strict_original" : "");
  }
}
