package io.capbench.engine.decode;

import io.capbench.engine.decode.Hypothesis.Finish;
import io.capbench.storage.model.CapbenchException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Beam search as transformers does it ({@code BeamSearchScorer} in {@code beam_search.py} and
 * {@code beam_search} in {@code utils.py}), in double precision as there.
 */
public final class BeamSearch implements Search {
  private final DecodingOptions options;
  private final int paddedPrompt;
  private final @Nullable SharedBatch batch;
  private final int row;
  private final HypothesisPool pool;
  private int[][] sequences;
  private int steps;
  private boolean done;

  /**
   * Starts a row.
   *
   * @param options at least 2 beams
   * @param paddedPrompt tokens of the prompt as the original pads it; {@link Scoring#HF428} scores
   *     depend on it
   */
  public BeamSearch(DecodingOptions options, int paddedPrompt) {
    this(options, paddedPrompt, null, 0);
  }

  /**
   * Starts a row that {@link Scoring#HF428} judges together with others.
   *
   * @param options at least 2 beams
   * @param paddedPrompt tokens of every prompt of the batch, with padding
   * @param batch the rows searched together; null for a row alone
   * @param row which of them this is, from 0
   */
  public BeamSearch(
      DecodingOptions options, int paddedPrompt, @Nullable SharedBatch batch, int row) {
    this.options = options;
    this.paddedPrompt = paddedPrompt;
    this.batch = batch;
    this.row = row;
    this.pool = new HypothesisPool(options.beams());
    this.sequences = new int[options.beams()][0];
  }

  /** The scores that beams start with: all but the first are out of the race. */
  public static float[] initialScores(int beams) {
    float[] scores = new float[beams];
    Arrays.fill(scores, 1, beams, -1e9f);
    return scores;
  }

  @Override
  public List<Beam> advance(Candidates candidates) {
    List<Beam> next = new ArrayList<>(options.beams());
    for (int rank = 0; rank < candidates.size() && next.size() < options.beams(); rank++) {
      int token = candidates.token(rank);
      if (!options.endTokens().contains(token)) {
        next.add(new Beam(candidates.beam(rank), token, candidates.score(rank)));
      } else if (rank < options.beams()) {
        end(candidates.beam(rank), candidates.score(rank));
      }
    }
    if (next.size() < options.beams()) {
      throw new CapbenchException(
          "The model's end tokens leave no other continuation: its configuration lists "
              + options.endTokens().size()
              + " of them. Check eos_token_id in generation_config.json.");
    }
    done = isDone(candidates.score(0));
    if (done && batch != null) {
      batch.done(row, steps);
    }
    sequences = continued(next);
    steps++;
    if (!done && steps == options.maxNewTokens()) {
      for (int beam = 0; beam < next.size(); beam++) {
        keepOpen(beam, next.get(beam).score());
      }
      done = true;
    }
    return done ? List.of() : next;
  }

  @Override
  public List<Integer> best() {
    return asList(sequences[0]);
  }

  @Override
  public List<Hypothesis> results() {
    if (!done) {
      throw new IllegalStateException("the row is not done");
    }
    return pool.best(options.returned());
  }

  private void end(int beam, float sum) {
    List<Integer> tokens = new ArrayList<>(asList(sequences[beam]));
    tokens.add(options.endTokens().get(0));
    int length = options.scoring() == Scoring.HF428 ? paddedPrompt + steps : steps + 1;
    pool.add(new Hypothesis(tokens, scored(sum, length), Finish.EOS));
  }

  private void keepOpen(int beam, float sum) {
    int length = options.scoring() == Scoring.HF428 ? paddedPrompt + steps : steps;
    pool.add(new Hypothesis(asList(sequences[beam]), scored(sum, length), Finish.LENGTH));
  }

  /** Whether no beam can become better than the worst hypothesis that is kept. */
  private boolean isDone(float bestSum) {
    if (!pool.full()) {
      return false;
    }
    if (options.earlyStopping()) {
      return true;
    }
    int length = steps + 1;
    if (options.scoring() == Scoring.HF428) {
      length += paddedPrompt + (batch == null ? 0 : batch.runningBefore(row, steps));
    }
    return pool.worst() >= scored(bestSum, length);
  }

  private double scored(float sum, int length) {
    return sum / Math.pow(length, options.lengthPenalty());
  }

  private int[][] continued(List<Beam> beams) {
    int[][] grown = new int[beams.size()][];
    for (int i = 0; i < grown.length; i++) {
      grown[i] = Arrays.copyOf(sequences[beams.get(i).parent()], steps + 1);
      grown[i][steps] = beams.get(i).token();
    }
    return grown;
  }

  private static List<Integer> asList(int[] tokens) {
    return Arrays.stream(tokens).boxed().toList();
  }
}
