package io.capbench.engine.llama;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import io.capbench.engine.decode.Beam;
import io.capbench.engine.decode.BeamSearch;
import io.capbench.engine.decode.Candidates;
import io.capbench.engine.decode.DecodingOptions;
import io.capbench.engine.decode.Hypothesis;
import io.capbench.storage.job.JobContext;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Beam search the way {@code capsfusion_inference.py} has it from transformers 4.28, as a yardstick
 * for {@link LlamaDecoder}: every prompt is padded to one width and computed once for each beam, a
 * batch ends with its last row, and after every token the keys and values of all beams are put into
 * their new order. Nothing but benchmarks and tests uses it. One thread at a time.
 */
public final class PaddedDecoder {
  private final LlamaModel model;
  private final DecodingOptions options;
  private final int padded;
  private final int rows;

  /**
   * A decoder.
   *
   * @param model stays the caller's
   * @param options at least 2 beams
   * @param padded tokens that every prompt is padded to
   * @param rows of a batch
   */
  public PaddedDecoder(LlamaModel model, DecodingOptions options, int padded, int rows) {
    this.model = model;
    this.options = options;
    this.padded = padded;
    this.rows = rows;
  }

  /**
   * Continues prompts, batch by batch, each judged as if it were alone.
   *
   * @return the results of each, the best first
   * @throws java.util.concurrent.CancellationException if cancelled
   */
  public List<List<Hypothesis>> decode(List<Prompt> prompts, JobContext context) {
    List<List<Hypothesis>> results = new ArrayList<>();
    for (int from = 0; from < prompts.size(); from += rows) {
      List<Prompt> part = prompts.subList(from, Math.min(prompts.size(), from + rows));
      try (Batch batch = new Batch(part)) {
        results.addAll(batch.run(context));
      }
      context.progress(results.size(), prompts.size(), "rows, padded");
    }
    return results;
  }

  /** Rows that begin and end together. */
  private final class Batch implements AutoCloseable {
    private final List<Prompt> prompts;
    private final int slots;
    private final int room;
    private final KvCache cache;
    private final List<BeamSearch> searches = new ArrayList<>();
    private final boolean[] done;
    private final float[] sums;
    private int[] next;
    private int[] parents;

    Batch(List<Prompt> prompts) {
      this.prompts = prompts;
      this.slots = prompts.size() * options.beams();
      this.room = padded + options.maxNewTokens() - 1;
      this.cache = new KvCache(model, slots, room);
      this.done = new boolean[prompts.size()];
      this.sums = new float[slots];
      this.next = new int[slots];
      this.parents = new int[slots];
      for (int row = 0; row < prompts.size(); row++) {
        searches.add(new BeamSearch(options, prompts.get(row).paddedTokens()));
        float[] initial = BeamSearch.initialScores(options.beams());
        System.arraycopy(initial, 0, sums, row * options.beams(), options.beams());
      }
    }

    List<List<Hypothesis>> run(JobContext context) {
      int length = padded;
      step(prompt());
      while (running()) {
        context.checkCancelled();
        reorder(length);
        step(following(length));
        length++;
      }
      return searches.stream().map(BeamSearch::results).toList();
    }

    private boolean running() {
      for (boolean ended : done) {
        if (!ended) {
          return true;
        }
      }
      return false;
    }

    /** All prompts, padded on the left, once for each beam. */
    private Segment prompt() {
      int[] tokens = new int[slots * padded];
      int[] positions = new int[slots * padded];
      int[] cells = new int[slots * padded];
      int[] lengths = new int[slots * padded];
      float[] mask = new float[slots * padded * padded];
      Arrays.fill(mask, Float.NEGATIVE_INFINITY);
      for (int slot = 0; slot < slots; slot++) {
        List<Integer> prompt = prompts.get(slot / options.beams()).tokens();
        int padding = padded - prompt.size();
        for (int i = 0; i < padded; i++) {
          int at = slot * padded + i;
          cells[at] = i;
          lengths[at] = prompt.size();
          tokens[at] = i < padding ? 0 : prompt.get(i - padding);
          positions[at] = Math.max(0, i - padding);
          // Padding sees itself, so that nothing has nothing to see.
          Arrays.fill(mask, at * padded + (i < padding ? i : padding), at * padded + i + 1, 0);
        }
      }
      return new Segment(0, slots, tokens, positions, cells, mask, lengths);
    }

    /** The next token of every beam, those of finished rows too. */
    private Segment following(int length) {
      int span = length + 1;
      int[] positions = new int[slots];
      int[] cells = new int[slots];
      int[] lengths = new int[slots];
      float[] mask = new float[slots * span];
      for (int slot = 0; slot < slots; slot++) {
        int padding = padded - prompts.get(slot / options.beams()).tokens().size();
        positions[slot] = length - padding;
        cells[slot] = length;
        lengths[slot] = positions[slot] + 1;
        Arrays.fill(mask, slot * span, slot * span + padding, Float.NEGATIVE_INFINITY);
      }
      return new Segment(0, slots, next, positions, cells, mask, lengths);
    }

    private void step(Segment segment) {
      try (NDManager step = model.newManager()) {
        NDArray x = model.forward(step, List.of(segment), cache);
        long[] last = new long[slots];
        int each = segment.size() / slots;
        for (int slot = 0; slot < slots; slot++) {
          last[slot] = (slot + 1L) * each - 1;
        }
        NDArray logits = model.logits(model.ops().pick(x, step.create(last)));
        List<Candidates> found =
            BeamCandidates.of(model, logits, step.create(sums), prompts.size(), options);
        for (int row = 0; row < prompts.size(); row++) {
          advance(row, found.get(row));
        }
      }
    }

    private void advance(int row, Candidates candidates) {
      int first = row * options.beams();
      List<Beam> beams = done[row] ? List.of() : searches.get(row).advance(candidates);
      done[row] = beams.isEmpty();
      for (int i = 0; i < options.beams(); i++) {
        parents[first + i] = first + (done[row] ? i : beams.get(i).parent());
        next[first + i] = done[row] ? 0 : beams.get(i).token();
        sums[first + i] = done[row] ? 0 : beams.get(i).score();
      }
    }

    /** Copies all keys and values so that every beam has those of its parent. */
    private void reorder(int length) {
      long[] from = new long[slots * length];
      long[] to = new long[slots * length];
      for (int slot = 0; slot < slots; slot++) {
        for (int i = 0; i < length; i++) {
          from[slot * length + i] = (long) parents[slot] * room + i;
          to[slot * length + i] = (long) slot * room + i;
        }
      }
      try (NDManager step = model.newManager()) {
        NDArray source = step.create(from);
        NDArray target = step.create(to);
        for (int layer = 0; layer < model.config().sizes().layers(); layer++) {
          for (NDArray kept : List.of(cache.keys(layer), cache.values(layer))) {
            try (NDArray moved = model.ops().pick(kept, source)) {
              model.ops().store(moved, target, kept);
            }
          }
        }
      }
    }

    @Override
    public void close() {
      cache.close();
    }
  }
}
