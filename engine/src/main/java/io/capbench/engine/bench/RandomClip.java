package io.capbench.engine.bench;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.capbench.engine.weights.SafetensorsWriter;
import io.capbench.engine.weights.TensorInfo;
import io.capbench.engine.weights.TensorType;
import io.capbench.storage.model.CapbenchException;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.LongStream;
import java.util.zip.GZIPOutputStream;

/**
 * A CLIP model of any size with random weights, the same on every machine: as much work as a
 * trained one, and no sense.
 *
 * @param embedDim D
 * @param imageSize pixels of a side
 * @param patchSize pixels of a side
 * @param width of the vision tower, a multiple of 64
 * @param layers of the vision tower
 * @param textWidth of the text tower, a multiple of 64
 * @param textLayers of the text tower
 * @param vocabSize tokens that it knows
 */
public record RandomClip(
    int embedDim,
    int imageSize,
    int patchSize,
    int width,
    int layers,
    int textWidth,
    int textLayers,
    int vocabSize) {
  /** The shape of ViT-B/16. */
  public static final RandomClip B_16 = new RandomClip(512, 224, 16, 768, 12, 512, 12, 49_408);

  /** The shape of ViT-L/14. */
  public static final RandomClip L_14 = new RandomClip(768, 224, 14, 1024, 24, 768, 12, 49_408);

  /** Small enough to be asked a thousand times. */
  public static final RandomClip SMALL = new RandomClip(64, 64, 8, 128, 4, 64, 2, 1_000);

  private static final String WEIGHTS = "open_clip_model.safetensors";
  private static final String VOCABULARY = "bpe_simple_vocab_16e6.txt.gz";

  /** A tokenizer that knows letters and no words. */
  private static final String NO_MERGES = "#version: 0.2\n";

  private static final int CONTEXT = 77;
  private static final int HEAD = 64;
  private static final float LOGIT_SCALE = (float) Math.log(100);

  /**
   * Writes weights, configuration and a tokenizer of letters, unless weights of the same size are
   * there.
   *
   * @param folder made if it is not there
   * @throws CapbenchException if they cannot be written
   */
  public void write(Path folder) {
    List<TensorInfo> tensors = tensors();
    Path file = folder.resolve(WEIGHTS);
    try {
      Files.createDirectories(folder);
      if (!Files.exists(file) || Files.size(file) < bytes()) {
        SplittableRandom random = new SplittableRandom(11);
        SafetensorsWriter.write(file, tensors, info -> numbers(info, random));
      }
      new ObjectMapper().writeValue(folder.resolve("open_clip_config.json").toFile(), config());
      try (OutputStream out =
          new GZIPOutputStream(Files.newOutputStream(folder.resolve(VOCABULARY)))) {
        out.write(NO_MERGES.getBytes(StandardCharsets.US_ASCII));
      }
    } catch (IOException e) {
      throw new CapbenchException(folder + " cannot be written: " + e + "; name another folder", e);
    }
  }

  /** Bytes of the weights. */
  public long bytes() {
    return tensors().stream().mapToLong(TensorInfo::byteLength).sum();
  }

  private Map<String, Object> config() {
    Map<String, Object> vision =
        Map.of(
            "image_size", imageSize,
            "layers", layers,
            "width", width,
            "patch_size", patchSize,
            "head_width", HEAD);
    Map<String, Object> text =
        Map.of(
            "context_length", CONTEXT,
            "vocab_size", vocabSize,
            "width", textWidth,
            "heads", textWidth / HEAD,
            "layers", textLayers);
    return Map.of(
        "model_cfg", Map.of("embed_dim", embedDim, "vision_cfg", vision, "text_cfg", text));
  }

  private List<TensorInfo> tensors() {
    List<TensorInfo> all = new ArrayList<>();
    int patches = imageSize / patchSize * (imageSize / patchSize);
    add(all, "visual.class_embedding", width);
    add(all, "visual.positional_embedding", patches + 1, width);
    add(all, "visual.conv1.weight", width, 3, patchSize, patchSize);
    pair(all, "visual.ln_pre.", width);
    blocks(all, "visual.transformer.resblocks.", layers, width);
    pair(all, "visual.ln_post.", width);
    add(all, "visual.proj", width, embedDim);
    add(all, "token_embedding.weight", vocabSize, textWidth);
    add(all, "positional_embedding", CONTEXT, textWidth);
    blocks(all, "transformer.resblocks.", textLayers, textWidth);
    pair(all, "ln_final.", textWidth);
    add(all, "text_projection", textWidth, embedDim);
    add(all, "logit_scale");
    return all;
  }

  private static void blocks(List<TensorInfo> all, String prefix, int layers, int width) {
    for (int i = 0; i < layers; i++) {
      String block = prefix + i + ".";
      pair(all, block + "ln_1.", width);
      add(all, block + "attn.in_proj_weight", 3L * width, width);
      add(all, block + "attn.in_proj_bias", 3L * width);
      pair(all, block + "attn.out_proj.", width, width);
      pair(all, block + "ln_2.", width);
      pair(all, block + "mlp.c_fc.", 4L * width, width);
      pair(all, block + "mlp.c_proj.", width, 4L * width);
    }
  }

  private static void pair(List<TensorInfo> all, String prefix, long... shape) {
    add(all, prefix + "weight", shape);
    add(all, prefix + "bias", shape[0]);
  }

  private static void add(List<TensorInfo> all, String name, long... shape) {
    all.add(new TensorInfo(name, TensorType.F32, LongStream.of(shape).boxed().toList()));
  }

  /** Numbers around 0 that neither die out nor grow on their way, 1 for layer norms. */
  private static ByteBuffer numbers(TensorInfo info, SplittableRandom random) {
    float[] values = new float[Math.toIntExact(info.elements())];
    String name = info.name();
    if (name.equals("logit_scale")) {
      Arrays.fill(values, LOGIT_SCALE);
    } else if (name.contains("ln_")) {
      Arrays.fill(values, name.endsWith("weight") ? 1 : 0);
    } else {
      List<Long> shape = info.shape();
      long inputs = info.elements() / (shape.size() > 1 ? shape.get(0) : 1);
      double largest = Math.sqrt(3.0 / inputs);
      for (int i = 0; i < values.length; i++) {
        values[i] = (float) ((2 * random.nextDouble() - 1) * largest);
      }
    }
    ByteBuffer bytes =
        ByteBuffer.allocate(values.length * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
    bytes.asFloatBuffer().put(values);
    return bytes;
  }
}
