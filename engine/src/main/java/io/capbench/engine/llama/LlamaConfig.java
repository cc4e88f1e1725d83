package io.capbench.engine.llama;

import io.capbench.storage.model.CapbenchException;
import java.nio.file.Path;
import java.util.List;

/**
 * What {@code config.json} says of a model.
 *
 * @param sizes its sizes
 * @param attention its heads
 * @param rope its position embeddings
 * @param normEpsilon added to mean squares
 * @param feedForwardBias whether the feed-forward layers add a bias
 * @param tiedHead whether the table of tokens is the output layer too
 * @param tokens tokens with a meaning
 */
public record LlamaConfig(
    Sizes sizes,
    Attention attention,
    Rope rope,
    double normEpsilon,
    boolean feedForwardBias,
    boolean tiedHead,
    SpecialTokens tokens) {

  /**
   * Sizes.
   *
   * @param layers how many
   * @param width W
   * @param feedForward F
   * @param vocabulary V
   */
  public record Sizes(int layers, int width, int feedForward, int vocabulary) {}

  /**
   * Heads.
   *
   * @param heads H, of queries
   * @param keyHeads G, of keys and values; divides H
   * @param headSize C
   * @param bias whether the four projections add one
   */
  public record Attention(int heads, int keyHeads, int headSize, boolean bias) {}

  /**
   * Tokens with a meaning.
   *
   * @param begin starts a text; -1 if none does
   * @param ends end a text; may be empty
   * @param padding fills rows up; the first of {@code ends} where the model names none, -1 if there
   *     is none either
   */
  public record SpecialTokens(int begin, List<Integer> ends, int padding) {
    /** Copies the list. */
    public SpecialTokens {
      ends = List.copyOf(ends);
    }
  }

  /**
   * Reads {@code config.json}, and {@code generation_config.json} where there is one.
   *
   * @throws CapbenchException if it is not there or damaged, of another architecture, or asks for
   *     something that is not supported
   */
  public static LlamaConfig read(Path folder) {
    return new LlamaConfigReader(folder).read();
  }

  /**
   * Whether a folder is a language model's, of whatever architecture, by its {@code config.json}.
   */
  public static boolean describes(Path folder) {
    return LlamaConfigReader.languageModel(folder);
  }

  /** The same with its first layer only: enough to see whether a machine computes it. */
  LlamaConfig firstLayer() {
    Sizes one = new Sizes(1, sizes.width(), sizes.feedForward(), sizes.vocabulary());
    return new LlamaConfig(one, attention, rope, normEpsilon, feedForwardBias, tiedHead, tokens);
  }

  /** How many numbers the weights have. */
  public long parameters() {
    return LlamaTensors.expected(this).values().stream()
        .mapToLong(shape -> shape.stream().reduce(1L, Math::multiplyExact))
        .sum();
  }
}
