package io.capbench.engine.llama;

import ai.djl.ndarray.NDArray;
import io.capbench.engine.decode.Candidates;
import io.capbench.engine.decode.DecodingOptions;
import io.capbench.engine.decode.Scoring;
import io.capbench.engine.torch.NumberType;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Reads the best continuations of beams from logits. */
final class BeamCandidates {
  private BeamCandidates() {}

  /**
   * The best continuations of every row.
   *
   * @param logits [R * beams, V]
   * @param sums [R * beams], single precision, of the beams' log probabilities
   * @param rows R
   */
  static List<Candidates> of(
      LlamaModel model, NDArray logits, NDArray sums, int rows, DecodingOptions options) {
    // transformers 4.28 computes log probabilities in the model's type, later ones in single.
    NumberType type = options.scoring() == Scoring.HF428 ? model.type() : NumberType.F32;
    int n = options.candidates();
    List<NDArray> found = model.ops().candidates(logits, sums, rows, n, type);
    float[] scores = found.get(0).toFloatArray();
    long[] places = found.get(1).toLongArray();
    int vocabulary = model.config().sizes().vocabulary();
    List<Candidates> all = new ArrayList<>();
    for (int start = 0; start < places.length; start += n) {
      int[] beams = new int[n];
      int[] tokens = new int[n];
      for (int i = 0; i < n; i++) {
        beams[i] = (int) (places[start + i] / vocabulary);
        tokens[i] = (int) (places[start + i] % vocabulary);
      }
      all.add(new Candidates(beams, tokens, Arrays.copyOfRange(scores, start, start + n)));
    }
    return all;
  }
}
