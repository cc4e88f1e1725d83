package io.capbench.engine.llama;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import io.capbench.engine.torch.DecoderOps;
import io.capbench.engine.torch.DeviceChoice;
import io.capbench.engine.torch.GradientMode;
import io.capbench.engine.torch.NumberType;
import io.capbench.engine.torch.TorchRuntime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/**
 * A model that learns, in single precision on the processor. Its layers are those of {@link
 * LlamaModel}; only what tokens look at differs, which is their own text instead of a cache. For
 * one thread; whoever makes it closes it.
 */
public final class LlamaTraining implements AutoCloseable {
  /** As transformers begins ({@code initializer_range}). */
  private static final double SPREAD = 0.02;

  private final LlamaConfig config;
  private final TorchRuntime torch;
  private final NDManager manager;
  private final DecoderOps ops;
  private final Map<String, NDArray> tensors = new LinkedHashMap<>();
  private final LlamaLayers layers;
  private final RopeAngles angles;

  /**
   * A model that knows nothing yet: random projections, normalisations of ones, no biases.
   *
   * @param seed the same seed gives the same numbers
   * @throws io.capbench.storage.model.CapbenchException if PyTorch does not start
   */
  public LlamaTraining(LlamaConfig config, long seed) {
    this.config = config;
    this.torch = TorchRuntime.start();
    this.manager = torch.newManager(torch.device(DeviceChoice.CPU));
    this.ops = DecoderOps.recorded(manager);
    Random random = new Random(seed);
    LlamaTensors.expected(config)
        .forEach((name, shape) -> tensors.put(name, beginning(name, shape, random)));
    this.layers = new LlamaLayers(config, LlamaWeights.of(config, NumberType.F32, source()), ops);
    this.angles = new RopeAngles(config, ops);
  }

  private NDArray beginning(String name, List<Long> sizes, Random random) {
    Shape shape = new Shape(sizes.stream().mapToLong(Long::longValue).toArray());
    float[] numbers = new float[Math.toIntExact(shape.size())];
    if (name.endsWith("norm.weight")) {
      Arrays.fill(numbers, 1);
    } else if (!name.endsWith(".bias")) {
      for (int i = 0; i < numbers.length; i++) {
        numbers[i] = (float) (SPREAD * random.nextGaussian());
      }
    }
    // A copy: what is created of Java's memory may not outlive it.
    try (NDArray created = manager.create(numbers, shape)) {
      NDArray weight = created.duplicate();
      weight.setRequiresGradient(true);
      return weight;
    }
  }

  private LlamaWeights.Source source() {
    return new LlamaWeights.Source() {
      @Override
      public NDArray tensor(String name) {
        NDArray found = tensors.get(name);
        if (found == null) {
          throw new IllegalArgumentException("no tensor " + name);
        }
        return found;
      }

      @Override
      public Linear linear(String name, boolean biased) {
        return new Linear.Dense(tensor(name + ".weight"), biased ? tensor(name + ".bias") : null);
      }

      @Override
      public void entered(int layer) {}
    };
  }

  /** What {@code config.json} says of it. */
  public LlamaConfig config() {
    return config;
  }

  /**
   * The weights by the names under which transformers saves them, in their order. They stay this
   * model's; whoever trains it changes their numbers in place.
   */
  public Map<String, NDArray> weights() {
    return Collections.unmodifiableMap(tensors);
  }

  /** The logits of all tokens of a text: [N * V], token by token. */
  float[] logits(List<Integer> tokens) {
    return GradientMode.unrecorded(
        () -> {
          try (NDManager step = manager.newSubManager()) {
            return layers.logits(forward(step, List.of(tokens))).toFloatArray();
          }
        });
  }

  /**
   * How surprised the model is by what it shall learn to say, on average over all those tokens, in
   * nats. Recorded on threads that record, see {@link io.capbench.engine.torch.GradientMode}.
   *
   * @param step owns all that is made on the way
   * @param texts at least one, best of similar length
   * @return [] of {@code step}
   */
  public NDArray loss(NDManager step, List<TrainingText> texts) {
    int length = texts.stream().mapToInt(text -> text.tokens().size()).max().orElseThrow() - 1;
    List<List<Integer>> inputs = new ArrayList<>();
    List<Long> speaking = new ArrayList<>();
    List<Long> said = new ArrayList<>();
    for (TrainingText text : texts) {
      int last = text.tokens().size() - 1;
      for (int i = text.given() - 1; i < last; i++) {
        speaking.add((long) inputs.size() * length + i);
        said.add((long) text.tokens().get(i + 1));
      }
      inputs.add(text.tokens().subList(0, last));
    }
    NDArray x = forward(step, inputs);
    NDArray logits = layers.logits(ops.pick(x, array(step, speaking)));
    return ops.loss(logits, array(step, said));
  }

  /**
   * Passes texts through the layers. Shorter ones are filled up at their ends, which nothing before
   * looks at.
   *
   * @return [texts * longest, W]
   */
  private NDArray forward(NDManager step, List<List<Integer>> texts) {
    int rows = texts.size();
    int length = texts.stream().mapToInt(List::size).max().orElseThrow();
    long[] tokens = new long[rows * length];
    float[] positions = new float[rows * length];
    int[] lengths = new int[rows * length];
    for (int row = 0; row < rows; row++) {
      List<Integer> text = texts.get(row);
      for (int i = 0; i < length; i++) {
        int at = row * length + i;
        tokens[at] = i < text.size() ? text.get(i) : 0;
        positions[at] = i;
        lengths[at] = text.size();
      }
    }
    NDArray turned = angles.of(step, positions, lengths);
    LlamaLayers.Turns turns = new LlamaLayers.Turns(turned.cos(), turned.sin());
    return layers.apply(
        own(step.create(tokens)),
        turns,
        (layer, q, k, v) -> ops.attendTexts(heads(q, rows), heads(k, rows), heads(v, rows)),
        layer -> {});
  }

  /** [N, ...] to [R, N / R, heads, C]. */
  private NDArray heads(NDArray x, int rows) {
    return x.reshape(rows, x.getShape().get(0) / rows, -1, config.attention().headSize());
  }

  private static NDArray array(NDManager step, List<Long> numbers) {
    return own(step.create(numbers.stream().mapToLong(Long::longValue).toArray()));
  }

  /** In memory of PyTorch's, since what is recorded outlives Java's. */
  private static NDArray own(NDArray created) {
    try (created) {
      return created.duplicate();
    }
  }

  @Override
  public void close() {
    manager.close();
    torch.close();
  }
}
