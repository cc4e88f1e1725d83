package io.capbench.engine.bench;

import io.capbench.engine.decode.DecodingOptions;
import io.capbench.engine.decode.Hypothesis;
import io.capbench.engine.decode.Scoring;
import io.capbench.engine.llama.DecoderLimits;
import io.capbench.engine.llama.DecodingListener;
import io.capbench.engine.llama.LlamaDecoder;
import io.capbench.engine.llama.LlamaModel;
import io.capbench.engine.llama.PaddedDecoder;
import io.capbench.engine.llama.Prompt;
import io.capbench.storage.job.JobContext;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

/**
 * Generation with a model: Capbench's way and that of CapsFusion's script, for the same prompts.
 * Prompts are random tokens, as many as there are in CapsFusion's: an instruction that all have in
 * common, two captions, a few words. One thread at a time.
 */
public final class FusionComparison {
  /** What CapsFusion's script cuts prompts to and pads them to. */
  private static final int PADDED = 256;

  /** Rows of a batch of the yardstick. */
  private static final int BATCH = 4;

  private static final int BEAMS = 3;
  private static final int NEW_TOKENS = 80;

  /** Tokens of the instruction, and of what follows the captions. */
  private static final int INSTRUCTION = 110;

  private static final int TAIL = 5;

  /** Tokens of both captions, of 5,000 published rows: median, and spread of their logarithm. */
  private static final double CAPTIONS = 25;

  private static final double SPREAD = 0.55;
  private static final double NANOS = 1e6;

  private final LlamaModel model;
  private final int rows;

  /**
   * A comparison.
   *
   * @param model not closed
   * @param rows in flight at the same time, in Capbench's way
   */
  public FusionComparison(LlamaModel model, int rows) {
    this.model = model;
    this.rows = rows;
  }

  /** Generated tokens of every prompt, and how long they took. */
  public record Generated(List<List<Integer>> sequences, double millis) {
    /** Copies the list. */
    public Generated {
      sequences = List.copyOf(sequences);
    }

    /** How many tokens there are. */
    public long tokens() {
      return sequences.stream().mapToLong(List::size).sum();
    }

    /** How many prompts have the same tokens in both. */
    public long same(Generated other) {
      long same = 0;
      for (int i = 0; i < sequences.size(); i++) {
        same += sequences.get(i).equals(other.sequences().get(i)) ? 1 : 0;
      }
      return same;
    }
  }

  /** The first of so many prompts, always the same for one model. */
  public List<Prompt> prompts(int count) {
    Random random = new Random(21);
    List<Integer> instruction = words(random, INSTRUCTION);
    List<Prompt> prompts = new ArrayList<>();
    for (int id = 0; id < count; id++) {
      int own = (int) Math.round(CAPTIONS * Math.exp(SPREAD * random.nextGaussian()));
      List<Integer> tokens = new ArrayList<>(instruction);
      tokens.addAll(words(random, Math.min(own, PADDED - INSTRUCTION - TAIL) + TAIL));
      prompts.add(new Prompt(id, tokens, PADDED));
    }
    return prompts;
  }

  private List<Integer> words(Random random, int count) {
    int words = model.config().sizes().vocabulary() - RandomLlama.FIRST_WORD;
    List<Integer> tokens = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      tokens.add(RandomLlama.FIRST_WORD + random.nextInt(words));
    }
    return tokens;
  }

  /** Capbench's way with three beams. */
  public Generated own(List<Prompt> prompts, JobContext context) {
    List<List<Integer>> sequences = new ArrayList<>(prompts.stream().map(Prompt::tokens).toList());
    long start = System.nanoTime();
    DecoderLimits limits = new DecoderLimits(rows, PADDED, prompts.size());
    try (LlamaDecoder decoder = new LlamaDecoder(model, beams(), limits)) {
      decoder.decode(
          prompts.iterator(), (id, found) -> sequences.set(id, found.get(0).tokens()), context);
    }
    return new Generated(sequences, (System.nanoTime() - start) / NANOS);
  }

  /** The script's way with three beams. */
  public Generated padded(List<Prompt> prompts, JobContext context) {
    long start = System.nanoTime();
    List<List<Integer>> sequences =
        new PaddedDecoder(model, beams(), PADDED, BATCH)
            .decode(prompts, context).stream().map(found -> found.get(0).tokens()).toList();
    return new Generated(sequences, (System.nanoTime() - start) / NANOS);
  }

  /** Tokens whose keys and values Capbench's way has room for. */
  public long cells() {
    return (long) rows * (PADDED + BEAMS * (NEW_TOKENS - 1));
  }

  private static DecodingOptions beams() {
    return new DecodingOptions(
        BEAMS, NEW_TOKENS, Scoring.HF428, 1, false, 1, List.of(RandomLlama.END));
  }

  /**
   * One prompt, greedily: the times between tokens.
   *
   * @param tokens to be generated, at least 2
   * @return the median of tokens - 1 times, in milliseconds
   */
  public double greedy(int tokens, JobContext context) {
    Steps steps = new Steps(tokens);
    DecodingOptions options = DecodingOptions.greedy(tokens, List.of());
    DecoderLimits limits = new DecoderLimits(1, PADDED, 1);
    try (LlamaDecoder decoder = new LlamaDecoder(model, options, limits)) {
      decoder.decode(prompts(1).iterator(), steps, context);
    }
    return steps.median();
  }

  /** When tokens came. */
  private static final class Steps implements DecodingListener {
    private final long[] times;
    private int count;

    Steps(int tokens) {
      times = new long[tokens];
    }

    @Override
    public void grown(int id, List<Integer> tokens) {
      times[count++] = System.nanoTime();
    }

    @Override
    public void finished(int id, List<Hypothesis> results) {}

    double median() {
      long[] between = new long[count - 1];
      for (int i = 0; i < between.length; i++) {
        between[i] = times[i + 1] - times[i];
      }
      Arrays.sort(between);
      return between[between.length / 2] / NANOS;
    }
  }
}
