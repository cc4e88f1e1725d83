package io.capbench.engine.llama;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import io.capbench.engine.decode.Candidates;
import io.capbench.engine.decode.DecodingOptions;
import io.capbench.engine.decode.Hypothesis;
import io.capbench.engine.torch.DecoderOps;
import io.capbench.engine.torch.TorchFailure;
import io.capbench.storage.job.JobContext;
import io.capbench.storage.model.CapbenchException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.OptionalLong;
import java.util.stream.IntStream;

/**
 * Continues prompts, several at the same time. Prompts of similar length are computed together; a
 * row that is finished leaves and another enters, whose prompt is computed in the same step as the
 * next tokens of the others; what two prompts begin with is computed once. Padding is never
 * computed. For one thread at a time; close it to free its cache.
 */
public final class LlamaDecoder implements AutoCloseable {
  /** Prompt tokens of one step, so that memory for intermediate results is bounded. */
  private static final int PROMPT_TOKENS = 1024;

  /** From so many rows on a step takes as much longer as there are more. */
  private static final int MOST_ROWS = 32;

  /** Where nobody says how much memory there is. */
  private static final int FEW_ROWS = 8;

  private static final int SHARE = 4;

  private final LlamaModel model;
  private final DecodingOptions options;
  private final DecoderLimits limits;
  private final DecoderOps ops;
  private final KvCache cache;

  /**
   * Allocates the cache.
   *
   * @param model stays the caller's, and open until this is closed
   * @throws CapbenchException if there is not enough memory for the cache
   */
  public LlamaDecoder(LlamaModel model, DecodingOptions options, DecoderLimits limits) {
    this.model = model;
    this.options = options;
    this.limits = limits;
    this.ops = model.ops();
    checkMemory(model.device().memory());
    this.cache =
        TorchFailure.explained(
            "the keys and values of " + limits.rows() + " rows",
            () -> new KvCache(model, limits.rows(), limits.room(options)));
  }

  /**
   * How many rows are best generated at the same time: many, because each step reads all weights
   * once for all of them, but with no more than a quarter of the memory that the weights leave.
   *
   * @param promptTokens of the longest prompt
   * @return 1 to 32
   */
  public static int suitableRows(LlamaModel model, DecodingOptions options, int promptTokens) {
    return suitableRows(
        KvCache.bytes(
            model.config(), 1, new DecoderLimits(1, promptTokens, 1).room(options), model.type()),
        model.device().memory(),
        model.device().isGpu() ? 0 : model.bytes());
  }

  static int suitableRows(long row, OptionalLong there, long weights) {
    long room = there.isPresent() ? (there.getAsLong() - weights) / SHARE : FEW_ROWS * row;
    return (int) Math.max(1, Math.min(MOST_ROWS, room / row));
  }

  /** Makes sure that the cache fits beside the weights. */
  private void checkMemory(OptionalLong there) {
    long bytes = KvCache.bytes(model.config(), limits.rows(), limits.room(options), model.type());
    long weights = model.device().isGpu() ? 0 : model.bytes();
    if (there.isPresent() && bytes > there.getAsLong() - weights) {
      throw new CapbenchException(
          String.format(
              Locale.ROOT,
              "%d rows of %d tokens need %.1f GB of memory beside the weights, and there are %.1f"
                  + " GB. Generate fewer rows at a time, with fewer beams, or shorter texts.",
              limits.rows(),
              limits.room(options),
              bytes / 1e9,
              Math.max(0, there.getAsLong() - weights) / 1e9));
    }
  }

  /**
   * Continues prompts until there are no more.
   *
   * @param prompts taken a few at a time, as rows become free
   * @param context asked between steps whether to stop
   * @throws java.util.concurrent.CancellationException if cancelled; rows in flight are lost
   * @throws CapbenchException if a prompt is longer than the limit or has tokens that the model
   *     does not know, or if memory runs out
   */
  public void decode(Iterator<Prompt> prompts, DecodingListener listener, JobContext context) {
    List<Prompt> waiting = new ArrayList<>();
    List<ActiveRow> rows = new ArrayList<>();
    while (true) {
      context.checkCancelled();
      look(prompts, waiting);
      List<Segment> segments = new ArrayList<>();
      if (!rows.isEmpty()) {
        segments.add(continuing(rows));
      }
      admit(waiting, rows, segments);
      if (rows.isEmpty()) {
        return;
      }
      step(rows, segments);
      report(rows, listener);
    }
  }

  /** Continues one prompt and waits for it. */
  public List<Hypothesis> decode(Prompt prompt, JobContext context) {
    List<Hypothesis> results = new ArrayList<>();
    decode(List.of(prompt).iterator(), (id, found) -> results.addAll(found), context);
    return results;
  }

  @Override
  public void close() {
    cache.close();
  }

  /** Fills the list of prompts that wait, the longest first. */
  private void look(Iterator<Prompt> prompts, List<Prompt> waiting) {
    boolean more = false;
    while (waiting.size() < limits.lookAhead() && prompts.hasNext()) {
      Prompt prompt = prompts.next();
      check(prompt);
      waiting.add(prompt);
      more = true;
    }
    if (more) {
      waiting.sort(Comparator.comparingInt((Prompt prompt) -> -prompt.tokens().size()));
    }
  }

  private void check(Prompt prompt) {
    if (prompt.tokens().size() > limits.promptTokens()) {
      throw new CapbenchException(
          "A prompt has "
              + prompt.tokens().size()
              + " tokens; there is room for "
              + limits.promptTokens()
              + ". Shorten the captions.");
    }
    int vocabulary = model.config().sizes().vocabulary();
    for (int token : prompt.tokens()) {
      if (token < 0 || token >= vocabulary) {
        throw new CapbenchException(
            "A prompt has the token "
                + token
                + "; the model knows 0 to "
                + (vocabulary - 1)
                + ". Its tokenizer.json belongs to another model.");
      }
    }
  }

  /** The next tokens of the rows in flight; row i is in slot i. */
  private Segment continuing(List<ActiveRow> rows) {
    int beams = options.beams();
    int n = rows.size() * beams;
    int[] tokens = new int[n];
    int[] positions = new int[n];
    int[] cells = new int[n];
    int[] lengths = new int[n];
    int i = 0;
    int span = 0;
    for (ActiveRow row : rows) {
      int position = row.position();
      int length = row.length();
      int first = row.claimCells();
      span = Math.max(span, row.cells());
      for (int beam = 0; beam < beams; beam++, i++) {
        tokens[i] = row.token(beam);
        positions[i] = position;
        cells[i] = first + beam;
        lengths[i] = length;
      }
    }
    float[] mask = new float[n * span];
    Arrays.fill(mask, Float.NEGATIVE_INFINITY);
    for (i = 0; i < n; i++) {
      rows.get(i / beams).show(i % beams, mask, i * span);
    }
    return new Segment(0, rows.size(), tokens, positions, cells, mask, lengths);
  }

  /**
   * Gives free slots to prompts that wait. Where nothing is known yet that prompts may begin with,
   * the first goes alone.
   */
  private void admit(List<Prompt> waiting, List<ActiveRow> rows, List<Segment> segments) {
    int tokens = 0;
    boolean first = rows.isEmpty();
    while (!waiting.isEmpty() && rows.size() < cache.slots() && tokens < PROMPT_TOKENS) {
      ActiveRow row = new ActiveRow(waiting.remove(0), options);
      int slot = rows.size();
      int known = model.config().rope().dynamic() ? 0 : cache.takeOver(slot, row.prompt());
      int end = row.prompt().length;
      while (end - known > PROMPT_TOKENS) {
        int to = known + PROMPT_TOKENS;
        compute(List.of(Segment.prompt(slot, row.prompt(), known, to, row.longest())));
        known = to;
      }
      segments.add(Segment.prompt(slot, row.prompt(), known, end, row.longest()));
      rows.add(row);
      tokens += end - known;
      if (first && known == 0) {
        return;
      }
    }
  }

  private void compute(List<Segment> segments) {
    try (NDManager step = model.newManager()) {
      model.forward(step, segments, cache);
    }
  }

  /** Computes the segments and takes each row's search one step further. */
  private void step(List<ActiveRow> rows, List<Segment> segments) {
    List<Candidates> candidates =
        TorchFailure.explained(
            "generating the text of " + rows.size() + " rows",
            () -> {
              try (NDManager step = model.newManager()) {
                NDArray x = model.forward(step, segments, cache);
                return candidates(step, rows, ops.pick(x, ends(step, rows, segments)));
              }
            });
    for (int i = 0; i < rows.size(); i++) {
      ActiveRow row = rows.get(i);
      if (!row.started()) {
        row.start();
        cache.holds(i, row.prompt());
      }
      row.advance(candidates.get(i));
    }
  }

  /** Where the last token of each beam is; a row's beams have their prompt's in common. */
  private NDArray ends(NDManager step, List<ActiveRow> rows, List<Segment> segments) {
    int beams = options.beams();
    long[] ends = new long[rows.size() * beams];
    int at = 0;
    int n = 0;
    for (Segment segment : segments) {
      boolean continued = rows.get(segment.firstSlot()).started();
      for (int i = 0; i < segment.rows() * beams; i++) {
        ends[n++] = continued ? at + i : at + segment.size() - 1;
      }
      at += segment.size();
    }
    return step.create(ends);
  }

  private List<Candidates> candidates(NDManager step, List<ActiveRow> rows, NDArray x) {
    NDArray logits = model.logits(x);
    if (options.beams() == 1) {
      List<NDArray> best = ops.best(logits);
      float[] numbers = best.get(0).toFloatArray();
      long[] tokens = best.get(1).toLongArray();
      return IntStream.range(0, tokens.length)
          .mapToObj(
              i ->
                  new Candidates(new int[1], new int[] {(int) tokens[i]}, new float[] {numbers[i]}))
          .toList();
    }
    float[] sums = new float[rows.size() * options.beams()];
    for (int i = 0; i < rows.size(); i++) {
      System.arraycopy(rows.get(i).sums(), 0, sums, i * options.beams(), options.beams());
    }
    return BeamCandidates.of(model, logits, step.create(sums), rows.size(), options);
  }

  /** Tells what rows have become; finished ones leave, and the last take their slots. */
  private void report(List<ActiveRow> rows, DecodingListener listener) {
    for (ActiveRow row : rows) {
      listener.grown(row.id(), row.best());
    }
    for (int slot = rows.size() - 1; slot >= 0; slot--) {
      ActiveRow row = rows.get(slot);
      if (row.running()) {
        continue;
      }
      ActiveRow last = rows.remove(rows.size() - 1);
      if (last != row) {
        rows.set(slot, last);
        cache.move(rows.size(), slot, last.cells());
      }
      listener.finished(row.id(), row.results());
    }
  }
}
