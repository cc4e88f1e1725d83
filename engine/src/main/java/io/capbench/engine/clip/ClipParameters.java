package io.capbench.engine.clip;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import io.capbench.engine.torch.Ops;
import io.capbench.engine.weights.SafetensorsWriter;
import io.capbench.engine.weights.TensorInfo;
import io.capbench.engine.weights.TensorType;
import io.capbench.storage.model.CapbenchException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/**
 * The weights of a model that is being trained: leaves with gradients, in single precision. The
 * towers that are made of them compute with the weights as they are at the time, and with an {@link
 * AttentionHook} they record.
 *
 * <p>The two projections are kept as linear layers have them, [out, in]; in a file they lie on
 * their side, as open_clip has them.
 */
public final class ClipParameters implements WeightSource {
  private static final double EMBEDDING_SPREAD = 0.02;
  private static final double POSITION_SPREAD = 0.01;
  private static final double FIRST_SCALE = Math.log(1 / 0.07);

  private final ClipConfig config;
  private final Map<String, NDArray> leaves = new LinkedHashMap<>();

  private ClipParameters(ClipConfig config) {
    this.config = config;
  }

  /**
   * Weights of a model that knows nothing, spread about as open_clip's {@code init_parameters}
   * does.
   *
   * @param seed of the chance in them; the same seed gives the same weights everywhere
   * @param manager owns the leaves
   */
  public static ClipParameters random(ClipConfig config, long seed, NDManager manager) {
    ClipParameters parameters = new ClipParameters(config);
    Random random = new Random(seed);
    new ClipTensors(config)
        .shapes()
        .forEach(
            (name, stored) -> {
              Shape shape = new Shape(stored.stream().mapToLong(Long::longValue).toArray());
              Shape own = turned(name) ? new Shape(shape.get(1), shape.get(0)) : shape;
              float[] values = parameters.first(name, own, random);
              NDArray leaf = manager.create(values, own);
              leaf.setRequiresGradient(true);
              parameters.leaves.put(name, leaf);
            });
    return parameters;
  }

  private float[] first(String name, Shape shape, Random random) {
    float[] values = new float[Math.toIntExact(shape.size())];
    if (name.equals("logit_scale")) {
      values[0] = (float) FIRST_SCALE;
    } else if (name.contains("ln_") && name.endsWith("weight")) {
      Arrays.fill(values, 1);
    } else if (shape.dimension() > 1 || name.equals("visual.class_embedding")) {
      double spread = spread(name, shape);
      for (int i = 0; i < values.length; i++) {
        values[i] = (float) (spread * random.nextGaussian());
      }
    } // biases are 0
    return values;
  }

  private double spread(String name, Shape shape) {
    if (name.equals("token_embedding.weight") || name.equals("visual.class_embedding")) {
      return EMBEDDING_SPREAD;
    } else if (name.endsWith("positional_embedding")) {
      return POSITION_SPREAD;
    }
    double inputs = (double) shape.size() / shape.get(0);
    boolean last = name.endsWith("attn.out_proj.weight") || name.endsWith("mlp.c_proj.weight");
    TransformerConfig tower =
        name.startsWith("visual.") ? config.vision().transformer() : config.text().transformer();
    return Math.sqrt(1 / inputs) * (last ? Math.sqrt(0.5 / tower.layers()) : 1);
  }

  private static boolean turned(String name) {
    return name.equals("visual.proj") || name.equals("text_projection");
  }

  /** All leaves by open_clip's names. */
  public Map<String, NDArray> leaves() {
    return Collections.unmodifiableMap(leaves);
  }

  /** [] the logarithm of what cosines are multiplied by to be logits. */
  public NDArray scale() {
    return get("logit_scale");
  }

  @Override
  public NDArray get(String name) {
    NDArray leaf = leaves.get(name);
    if (leaf == null) {
      throw new IllegalArgumentException("no weight is called " + name);
    }
    return leaf;
  }

  /** The tower that looks at images, made of these weights. */
  public VisionTower vision(Ops ops) {
    return new VisionTower(config.vision(), this, ops);
  }

  /** The tower that reads captions, made of these weights. */
  public TextTower text(Ops ops) {
    return new TextTower(config.text(), this, ops);
  }

  /**
   * Writes the weights as they are now as a safetensors file, in the layout of open_clip.
   *
   * @throws CapbenchException if the file cannot be written
   */
  public void write(Path file) {
    List<TensorInfo> infos =
        new ClipTensors(config)
            .shapes().entrySet().stream()
                .map(entry -> new TensorInfo(entry.getKey(), TensorType.F32, entry.getValue()))
                .toList();
    SafetensorsWriter.write(
        file,
        infos,
        info -> {
          NDArray leaf = get(info.name());
          ByteBuffer bytes =
              ByteBuffer.allocate(Math.toIntExact(info.byteLength()))
                  .order(ByteOrder.LITTLE_ENDIAN);
          if (turned(info.name())) {
            try (NDArray stored = leaf.transpose()) {
              bytes.asFloatBuffer().put(stored.toFloatArray());
            }
          } else {
            bytes.asFloatBuffer().put(leaf.toFloatArray());
          }
          return bytes;
        });
  }
}
