package io.capbench.engine.decode;

import java.util.List;

/** The search for the text of one row. Not thread-safe. */
public sealed interface Search permits GreedySearch, BeamSearch {

  /**
   * Takes one step.
   *
   * @param candidates {@link DecodingOptions#candidates} of them
   * @return the beams to go on with, always as many as there are; empty once the row is done
   */
  List<Beam> advance(Candidates candidates);

  /** The tokens generated so far by the beam that is best at present. */
  List<Integer> best();

  /**
   * The results, the best first; as many as are to be returned.
   *
   * @throws IllegalStateException if the row is not done
   */
  List<Hypothesis> results();
}
