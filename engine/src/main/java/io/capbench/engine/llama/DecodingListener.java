package io.capbench.engine.llama;

import io.capbench.engine.decode.Hypothesis;
import java.util.List;

/** Is told what rows become, on the thread that computes them. */
public interface DecodingListener {

  /**
   * A row has grown by one token.
   *
   * @param id of the prompt
   * @param tokens all that was generated so far by the beam that is best at present; with several
   *     beams, a later call may replace what an earlier one said
   */
  default void grown(int id, List<Integer> tokens) {}

  /**
   * A row is finished; called once for each. Rows finish in any order.
   *
   * @param id of the prompt
   * @param results the best first
   */
  void finished(int id, List<Hypothesis> results);
}
