package io.capbench.engine.llama;

import io.capbench.engine.llama.LlamaConfig.Attention;
import io.capbench.engine.llama.LlamaConfig.Sizes;
import io.capbench.engine.weights.Checkpoint;
import io.capbench.engine.weights.TensorInfo;
import io.capbench.storage.model.CapbenchException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Map.Entry;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The names and shapes of a model's tensors, as transformers saves them. */
final class LlamaTensors {
  static final String TABLE = "model.embed_tokens.weight";
  static final String NORM = "model.norm.weight";
  static final String HEAD = "lm_head";
  private static final Logger LOG = LoggerFactory.getLogger(LlamaTensors.class);

  /** Buffers that transformers 4.28 saved; their numbers follow from the configuration. */
  private static final String FREQUENCIES = "rotary_emb.inv_freq";

  private static final String LAYERS = "model.layers.";
  private static final int NAMED = 5;

  private LlamaTensors() {}

  /** What the names of a layer's tensors start with. */
  static String layer(int index) {
    return LAYERS + index + ".";
  }

  /** Whether a tensor is a layer's. */
  static boolean inLayer(String name) {
    return name.startsWith(LAYERS);
  }

  /** All tensors that a model needs, with their shapes. */
  static Map<String, List<Long>> expected(LlamaConfig config) {
    Sizes sizes = config.sizes();
    Attention attention = config.attention();
    int queries = attention.heads() * attention.headSize();
    int keys = attention.keyHeads() * attention.headSize();
    int width = sizes.width();
    Map<String, List<Long>> all = new LinkedHashMap<>();
    all.put(TABLE, List.of((long) sizes.vocabulary(), (long) width));
    for (int i = 0; i < sizes.layers(); i++) {
      String layer = layer(i);
      all.put(layer + "input_layernorm.weight", List.of((long) width));
      linear(all, layer + "self_attn.q_proj", queries, width, attention.bias());
      linear(all, layer + "self_attn.k_proj", keys, width, attention.bias());
      linear(all, layer + "self_attn.v_proj", keys, width, attention.bias());
      linear(all, layer + "self_attn.o_proj", width, queries, attention.bias());
      all.put(layer + "post_attention_layernorm.weight", List.of((long) width));
      linear(all, layer + "mlp.gate_proj", sizes.feedForward(), width, config.feedForwardBias());
      linear(all, layer + "mlp.up_proj", sizes.feedForward(), width, config.feedForwardBias());
      linear(all, layer + "mlp.down_proj", width, sizes.feedForward(), config.feedForwardBias());
    }
    all.put(NORM, List.of((long) width));
    if (!config.tiedHead()) {
      linear(all, HEAD, sizes.vocabulary(), width, false);
    }
    return all;
  }

  /**
   * Compares a checkpoint with what its configuration promises.
   *
   * @throws CapbenchException naming tensors that are missing or have another shape
   */
  static void check(LlamaConfig config, Checkpoint checkpoint) {
    List<String> defects = defects(config, checkpoint);
    if (!defects.isEmpty()) {
      throw new CapbenchException(defects.get(0));
    }
    unused(config, checkpoint).ifPresent(LOG::warn);
  }

  /** What keeps a checkpoint from being the model that its configuration promises. */
  static List<String> defects(LlamaConfig config, Checkpoint checkpoint) {
    Map<String, List<Long>> expected = expected(config);
    List<String> missing = new ArrayList<>();
    List<String> misshapen = new ArrayList<>();
    for (Entry<String, List<Long>> entry : expected.entrySet()) {
      String name = entry.getKey();
      if (!checkpoint.has(name)) {
        missing.add(name);
      } else if (!checkpoint.info(name).shape().equals(entry.getValue())) {
        misshapen.add(name + " has " + checkpoint.info(name).shape() + ", not " + entry.getValue());
      }
    }
    List<String> defects = new ArrayList<>();
    if (!missing.isEmpty()) {
      defects.add(
          checkpoint.path()
              + " lacks "
              + missing.size()
              + " of the "
              + expected.size()
              + " tensors that config.json promises: "
              + named(missing)
              + ". A part of the model is missing, or it is of another architecture; download it"
              + " again.");
    }
    if (!misshapen.isEmpty()) {
      defects.add(
          checkpoint.path()
              + " does not fit its config.json: "
              + named(misshapen)
              + ". The files are not of one model; download them again.");
    }
    return defects;
  }

  /** What is said of tensors that a model has no place for; empty if there are none. */
  static Optional<String> unused(LlamaConfig config, Checkpoint checkpoint) {
    Map<String, List<Long>> expected = expected(config);
    List<String> others =
        checkpoint.tensors().stream()
            .map(TensorInfo::name)
            .filter(name -> !expected.containsKey(name) && !name.endsWith(FREQUENCIES))
            .filter(name -> !name.startsWith(HEAD))
            .toList();
    return others.isEmpty()
        ? Optional.empty()
        : Optional.of(checkpoint.path() + " has tensors that are not used: " + named(others));
  }

  private static void linear(
      Map<String, List<Long>> all, String name, int out, int in, boolean bias) {
    all.put(name + ".weight", List.of((long) out, (long) in));
    if (bias) {
      all.put(name + ".bias", List.of((long) out));
    }
  }

  private static String named(List<String> names) {
    String some = String.join(", ", names.subList(0, Math.min(NAMED, names.size())));
    return names.size() > NAMED ? some + " and " + (names.size() - NAMED) + " more" : some;
  }
}
