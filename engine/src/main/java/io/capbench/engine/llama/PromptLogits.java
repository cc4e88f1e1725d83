package io.capbench.engine.llama;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import io.capbench.engine.torch.NumberType;
import io.capbench.engine.torch.TorchFailure;
import java.util.List;
import java.util.function.Consumer;

/** The logits of all tokens of a text, for comparing a checkpoint with another implementation. */
public final class PromptLogits {
  private static final int CHUNK = 512;

  private final LlamaModel model;

  /** For a model, which stays the caller's. */
  public PromptLogits(LlamaModel model) {
    this.model = model;
  }

  /**
   * Computes a text.
   *
   * @param tokens [N], at least one, all known to the model
   * @param longest tokens of the longest text that is given together with this, itself counted;
   *     matters to models whose position embeddings depend on it only
   * @return [N * V], token by token
   * @throws io.capbench.storage.model.CapbenchException if there is not enough memory
   */
  public float[] of(List<Integer> tokens, int longest) {
    return of(tokens, longest, layer -> {});
  }

  /** A text alone. */
  float[] of(List<Integer> tokens) {
    return of(tokens, tokens.size());
  }

  /** As {@link #of(List, int)}, showing what goes into each layer and what comes out at the end. */
  float[] of(List<Integer> tokens, int longest, Consumer<NDArray> observer) {
    int[] text = tokens.stream().mapToInt(Integer::intValue).toArray();
    int vocabulary = model.config().sizes().vocabulary();
    float[] logits = new float[Math.multiplyExact(text.length, vocabulary)];
    return TorchFailure.explained(
        "the logits of " + text.length + " tokens",
        () -> {
          try (KvCache cache = new KvCache(model, 1, text.length)) {
            for (int from = 0; from < text.length; from += CHUNK) {
              int to = Math.min(text.length, from + CHUNK);
              try (NDManager step = model.newManager()) {
                List<Segment> part = List.of(Segment.prompt(0, text, from, to, longest));
                NDArray x = model.logits(model.forward(step, part, cache, observer));
                float[] found = model.ops().cast(x, NumberType.F32).toFloatArray();
                System.arraycopy(found, 0, logits, from * vocabulary, found.length);
              }
            }
          }
          return logits;
        });
  }
}
