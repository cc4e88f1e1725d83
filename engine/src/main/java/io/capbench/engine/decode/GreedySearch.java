package io.capbench.engine.decode;

import io.capbench.engine.decode.Hypothesis.Finish;
import java.util.ArrayList;
import java.util.List;

/** Takes the most probable token until the end token or the limit. */
public final class GreedySearch implements Search {
  private final DecodingOptions options;
  private final List<Integer> tokens = new ArrayList<>();
  private boolean ended;
  private boolean lost;

  /** Starts a row. */
  public GreedySearch(DecodingOptions options) {
    this.options = options;
  }

  @Override
  public List<Beam> advance(Candidates candidates) {
    int token = candidates.token(0);
    tokens.add(token);
    lost |= Float.isNaN(candidates.score(0));
    ended = options.endTokens().contains(token);
    return done() ? List.of() : List.of(new Beam(0, token, 0));
  }

  @Override
  public List<Integer> best() {
    return List.copyOf(tokens);
  }

  @Override
  public List<Hypothesis> results() {
    if (!done()) {
      throw new IllegalStateException("the row is not done");
    }
    return List.of(
        new Hypothesis(tokens, lost ? Double.NaN : null, ended ? Finish.EOS : Finish.LENGTH));
  }

  private boolean done() {
    return ended || tokens.size() == options.maxNewTokens();
  }
}
