package io.capbench.engine.llama;

import io.capbench.engine.decode.Beam;
import io.capbench.engine.decode.BeamSearch;
import io.capbench.engine.decode.Candidates;
import io.capbench.engine.decode.DecodingOptions;
import io.capbench.engine.decode.GreedySearch;
import io.capbench.engine.decode.Hypothesis;
import io.capbench.engine.decode.Search;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** A row in flight: its search, and which cells of its slot each beam has come through. */
final class ActiveRow {
  private final Prompt prompt;
  private final int[] promptTokens;
  private final Search search;
  private List<Beam> beams = List.of();

  /** For each beam, the cell of each token it was computed from after the prompt. */
  private List<int[]> paths;

  private float[] sums;
  private int cells;

  ActiveRow(Prompt prompt, DecodingOptions options) {
    this.prompt = prompt;
    this.promptTokens = prompt.tokens().stream().mapToInt(Integer::intValue).toArray();
    int count = options.beams();
    this.search =
        count == 1
            ? new GreedySearch(options)
            : new BeamSearch(options, prompt.paddedTokens(), prompt.batch(), prompt.id());
    this.sums = BeamSearch.initialScores(count);
    this.paths = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      paths.add(new int[0]);
    }
  }

  int id() {
    return prompt.id();
  }

  int[] prompt() {
    return promptTokens;
  }

  /** Whether its prompt is in the cache. */
  boolean started() {
    return cells > 0;
  }

  /** Says that its prompt is in the cache. */
  void start() {
    cells = promptTokens.length;
  }

  /** Cells of its slot that are in use. */
  int cells() {
    return cells;
  }

  /** The sums of log probabilities of its beams. */
  float[] sums() {
    return sums;
  }

  int token(int beam) {
    return beams.get(beam).token();
  }

  /** Where the next token of every beam stands. */
  int position() {
    return promptTokens.length + paths.get(0).length;
  }

  /** Tokens of the longest prompt of its batch. */
  int longest() {
    return prompt.longest();
  }

  /** Tokens of the longest text of its batch, the next token counted. */
  int length() {
    return position() + 1 + longest() - promptTokens.length;
  }

  /** Gives the next token of each beam a cell: the first of as many as there are beams. */
  int claimCells() {
    int first = cells;
    for (int beam = 0; beam < paths.size(); beam++) {
      int[] path = paths.get(beam);
      int[] longer = Arrays.copyOf(path, path.length + 1);
      longer[path.length] = first + beam;
      paths.set(beam, longer);
    }
    cells += paths.size();
    return first;
  }

  /** Writes which of the first n cells a beam sees into a mask that hides all. */
  void show(int beam, float[] mask, int offset) {
    Arrays.fill(mask, offset, offset + promptTokens.length, 0);
    for (int cell : paths.get(beam)) {
      mask[offset + cell] = 0;
    }
  }

  /** Takes a step of the search. */
  void advance(Candidates candidates) {
    beams = search.advance(candidates);
    List<int[]> next = new ArrayList<>();
    float[] scores = new float[beams.size()];
    for (int i = 0; i < beams.size(); i++) {
      next.add(paths.get(beams.get(i).parent()));
      scores[i] = beams.get(i).score();
    }
    paths = next;
    sums = scores;
  }

  /** Whether there is more to compute. */
  boolean running() {
    return !beams.isEmpty();
  }

  List<Integer> best() {
    return search.best();
  }

  List<Hypothesis> results() {
    return search.results();
  }
}
