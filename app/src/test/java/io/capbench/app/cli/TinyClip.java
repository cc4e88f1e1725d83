package io.capbench.app.cli;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.zip.GZIPOutputStream;

/** The folder of a CLIP model with random weights and a vocabulary of a few words. */
final class TinyClip {
  static final int GRID = 4;
  static final int LAYERS = 2;
  private static final int IMAGE = 32;
  private static final int PATCH = IMAGE / GRID;
  private static final int VISION = 32;
  private static final int TEXT = 24;
  private static final int JOINT = 32;
  private static final List<String> PAIRS = List.of("c a", "ca t</w>", "d o", "do g</w>");
  private static final int VOCABULARY = 2 * 256 + PAIRS.size() + 2;
  private static final int CONTEXT = 77;

  private final Map<String, int[]> shapes = new LinkedHashMap<>();
  private final Random random;

  private TinyClip(long seed) {
    random = new Random(seed);
    shape("logit_scale");
    shape("positional_embedding", CONTEXT, TEXT);
    shape("text_projection", TEXT, JOINT);
    shape("token_embedding.weight", VOCABULARY, TEXT);
    norm("ln_final", TEXT);
    blocks("transformer", TEXT);
    shape("visual.class_embedding", VISION);
    shape("visual.conv1.weight", VISION, 3, PATCH, PATCH);
    shape("visual.positional_embedding", GRID * GRID + 1, VISION);
    shape("visual.proj", VISION, JOINT);
    norm("visual.ln_pre", VISION);
    norm("visual.ln_post", VISION);
    blocks("visual.transformer", VISION);
  }

  /** Writes a model; the same seed gives the same weights. */
  static Path write(Path folder, long seed) throws IOException {
    Files.createDirectories(folder);
    new TinyClip(seed).weights(folder.resolve("model.safetensors"));
    Files.writeString(
        folder.resolve("open_clip_config.json"),
        """
        {"model_cfg": {"embed_dim": %d,
          "vision_cfg": {"image_size": %d, "layers": %d, "width": %d, "patch_size": %d,
            "head_width": 16},
          "text_cfg": {"context_length": %d, "vocab_size": %d, "width": %d, "heads": 2,
            "layers": %d}}}
        """
            .formatted(JOINT, IMAGE, LAYERS, VISION, PATCH, CONTEXT, VOCABULARY, TEXT, LAYERS));
    try (OutputStream out =
        new GZIPOutputStream(
            Files.newOutputStream(folder.resolve("bpe_simple_vocab_16e6.txt.gz")))) {
      String text = "#version\n" + String.join("\n", PAIRS) + "\n";
      out.write(text.getBytes(StandardCharsets.UTF_8));
    }
    return folder;
  }

  private void shape(String name, int... sides) {
    shapes.put(name, sides);
  }

  private void norm(String name, int width) {
    shape(name + ".weight", width);
    shape(name + ".bias", width);
  }

  private void blocks(String tower, int width) {
    for (int i = 0; i < LAYERS; i++) {
      String block = tower + ".resblocks." + i + ".";
      shape(block + "attn.in_proj_weight", 3 * width, width);
      shape(block + "attn.in_proj_bias", 3 * width);
      shape(block + "attn.out_proj.weight", width, width);
      shape(block + "attn.out_proj.bias", width);
      shape(block + "mlp.c_fc.weight", 4 * width, width);
      shape(block + "mlp.c_fc.bias", 4 * width);
      shape(block + "mlp.c_proj.weight", width, 4 * width);
      shape(block + "mlp.c_proj.bias", width);
      norm(block + "ln_1", width);
      norm(block + "ln_2", width);
    }
  }

  /** Random numbers in the format of safetensors. */
  private void weights(Path file) throws IOException {
    Map<String, Object> header = new LinkedHashMap<>();
    int offset = 0;
    for (Map.Entry<String, int[]> tensor : shapes.entrySet()) {
      int end = offset + Float.BYTES * size(tensor.getValue());
      header.put(
          tensor.getKey(),
          Map.of("dtype", "F32", "shape", tensor.getValue(), "data_offsets", List.of(offset, end)));
      offset = end;
    }
    byte[] json = new ObjectMapper().writeValueAsBytes(header);
    ByteBuffer out =
        ByteBuffer.allocate(Long.BYTES + json.length + offset).order(ByteOrder.LITTLE_ENDIAN);
    out.putLong(json.length).put(json);
    shapes.forEach(
        (name, sides) -> {
          for (int i = 0; i < size(sides); i++) {
            out.putFloat(number(name, sides));
          }
        });
    Files.write(file, out.array());
  }

  private float number(String name, int[] sides) {
    if (name.equals("logit_scale")) {
      return 3;
    }
    float around = name.endsWith(".weight") && name.contains("ln_") ? 1 : 0;
    double spread = sides.length > 1 ? 1 / Math.sqrt(sides[sides.length - 1]) : 0.1;
    return around + (float) (spread * random.nextGaussian());
  }

  private static int size(int[] sides) {
    int size = 1;
    for (int side : sides) {
      size *= side;
    }
    return size;
  }
}
