package io.capbench.engine.clip;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import io.capbench.engine.golden.GoldenFiles;
import io.capbench.engine.torch.DeviceChoice;
import io.capbench.engine.torch.Layers;
import io.capbench.storage.job.JobContext;
import io.capbench.storage.model.CapbenchException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Checkpoints of all makes load, and bad ones are refused by name. */
final class ClipLoaderTest {
  private static final String GELU = "dreamlip_gelu/model.safetensors";

  @TempDir private Path temporary;
  private Path folder;

  @BeforeEach
  void makeFolder() throws Exception {
    folder = Files.createDirectory(temporary.resolve("model"));
  }

  @ParameterizedTest
  @CsvSource({
    "dreamlip_gelu, model.pt",
    "dreamlip_ckpt, model.pt",
    "dreamlip_ckpt, epoch_32.pt",
    "clips, open_clip_pytorch_model.bin"
  })
  void torchFilesGiveWhatSafetensorsGive(String model, String file) {
    try (ClipModel loaded = load(GoldenFiles.path(model + "/" + file), null)) {
      assertGolden(loaded, model);
    }
  }

  @Test
  void modelsOfTheTransformersLibraryGiveTheSame() {
    ModelFiles files = new ModelFiles(GELU);
    for (int i = 0; i < 3; i++) {
      huggingFaceBlock(
          files, "visual.transformer.resblocks." + i, "vision_model.encoder.layers." + i);
      huggingFaceBlock(files, "transformer.resblocks." + i, "text_model.encoder.layers." + i);
    }
    files.transposed("visual.proj", "visual_projection.weight");
    files.transposed("text_projection", "text_projection.weight");
    files.renamed(
        name ->
            name.replace("visual.conv1.", "vision_model.embeddings.patch_embedding.")
                .replace("visual.class_embedding", "vision_model.embeddings.class_embedding")
                .replace(
                    "visual.positional_embedding",
                    "vision_model.embeddings.position_embedding.weight")
                .replace("visual.ln_pre.", "vision_model.pre_layrnorm.")
                .replace("visual.ln_post.", "vision_model.post_layernorm.")
                .replace("ln_final.", "text_model.final_layer_norm.")
                .replaceAll(
                    "^positional_embedding$", "text_model.embeddings.position_embedding.weight")
                .replaceAll("^token_embedding", "text_model.embeddings.token_embedding"));
    files.write(folder);
    Map<String, Object> vision =
        Map.of(
            "hidden_size",
            64,
            "num_hidden_layers",
            3,
            "num_attention_heads",
            4,
            "intermediate_size",
            256,
            "image_size",
            32,
            "patch_size",
            8,
            "hidden_act",
            "gelu");
    Map<String, Object> text =
        Map.of(
            "hidden_size",
            48,
            "num_hidden_layers",
            3,
            "num_attention_heads",
            4,
            "intermediate_size",
            192,
            "vocab_size",
            512,
            "eos_token_id",
            511,
            "hidden_act",
            "gelu");
    ModelFiles.config(
        folder,
        "config.json",
        Map.of(
            "model_type",
            "clip",
            "projection_dim",
            64,
            "vision_config",
            vision,
            "text_config",
            text));

    try (ClipModel loaded = load(folder, null)) {
      assertGolden(loaded, "dreamlip_gelu");
      assertThat(loaded.config().text().pool()).isEqualTo(TextPool.END_TOKEN);
      assertThat(loaded.description().parameters()).isEqualTo(284_001);
    }
  }

  private static void huggingFaceBlock(ModelFiles files, String from, String to) {
    for (String kind : List.of("weight", "bias")) {
      files.split(
          from + ".attn.in_proj_" + kind,
          List.of(
              to + ".self_attn.q_proj." + kind,
              to + ".self_attn.k_proj." + kind,
              to + ".self_attn.v_proj." + kind));
    }
    files.renamed(
        name ->
            !name.startsWith(from + ".")
                ? name
                : name.replace(from, to)
                    .replace("attn.out_proj", "self_attn.out_proj")
                    .replace("ln_1", "layer_norm1")
                    .replace("ln_2", "layer_norm2")
                    .replace("mlp.c_fc", "mlp.fc1")
                    .replace("mlp.c_proj", "mlp.fc2"));
  }

  @Test
  void namesThatBeginWithTextAreReadToo() {
    new ModelFiles(GELU)
        .renamed(
            name ->
                name.startsWith("visual.") || name.equals("logit_scale") ? name : "text." + name)
        .write(folder);
    copyConfig("dreamlip_gelu");

    try (ClipModel loaded = load(folder, null)) {
      assertGolden(loaded, "dreamlip_gelu");
      assertThat(loaded.description().problems()).hasSize(1); // no tokenizer
    }
  }

  @Test
  void extraTensorsAreLeftOutAndNamedUnlessTheyAreKnown() {
    new ModelFiles(GELU)
        .with("visual.proj2", new float[] {1}, 1L)
        .with("logit_scale_local", new float[] {1})
        .with("classifier.weight", new float[] {1, 2}, 2L)
        .write(folder);
    copyConfig("dreamlip_gelu");

    try (ClipModel loaded = load(folder, null)) {
      assertGolden(loaded, "dreamlip_gelu");
      assertThat(loaded.description().problems())
          .anyMatch(problem -> problem.contains("1 tensor is not part of the model"))
          .noneMatch(problem -> problem.contains("proj2"))
          .anyMatch(problem -> problem.contains("classifier.weight"));
    }
  }

  @Test
  void layerScaleOfOnesChangesNothingAndOfZerosAll() {
    ModelFiles files = new ModelFiles("dreamlip_ckpt/model.safetensors");
    for (int i = 0; i < 2; i++) {
      for (String scale : List.of(".ls_1.gamma", ".ls_2.gamma")) {
        float[] ones = new float[36];
        Arrays.fill(ones, 1);
        files.with("visual.transformer.resblocks." + i + scale, ones, 36L);
      }
    }
    files.write(folder);
    Map<String, Object> vision =
        Map.of(
            "image_size",
            32,
            "layers",
            2,
            "width",
            36,
            "patch_size",
            List.of(8, 8),
            "head_width",
            12,
            "ls_init_value",
            0.1);
    config(vision, Map.of("vocab_size", 256, "width", 32, "heads", 4, "layers", 2), 24);

    try (ClipModel loaded = load(folder, null)) {
      assertGolden(loaded, "dreamlip_ckpt");
    }
    files.with("visual.transformer.resblocks.0.ls_1.gamma", new float[36], 36L).write(folder);
    try (ClipModel loaded = load(folder, null)) {
      assertThatThrownBy(() -> assertGolden(loaded, "dreamlip_ckpt"))
          .isInstanceOf(AssertionError.class);
    }
  }

  @Test
  void imagesThatAreNotSquareKeepTheirPositionsAndCannotBeResampled() {
    new ModelFiles("dreamlip_ckpt/model.safetensors")
        .with("visual.positional_embedding", new float[9 * 36], 9L, 36L)
        .write(folder);
    Map<String, Object> vision =
        Map.of(
            "image_size",
            List.of(16, 32),
            "layers",
            2,
            "width",
            36,
            "patch_size",
            8,
            "head_width",
            12);
    config(vision, Map.of("vocab_size", 256, "width", 32, "heads", 4, "layers", 2), 24);

    try (ClipModel loaded = load(folder, null);
        NDManager manager = loaded.newManager()) {
      NDArray tokens = loaded.vision().forward(manager.ones(new Shape(1, 3, 16, 32))).localTokens();
      assertThat(tokens.getShape()).isEqualTo(new Shape(1, 8, 36));
      NDArray square = manager.ones(new Shape(1, 3, 32, 32));
      assertThatThrownBy(() -> loaded.vision().forward(square))
          .isInstanceOf(CapbenchException.class)
          .hasMessageContaining("not square");
    }
  }

  @Test
  void namesEveryMissingTensorUpToTen() {
    new ModelFiles(GELU).without("ln_final.bias").write(folder);
    copyConfig("dreamlip_gelu");

    assertThatThrownBy(() -> load(folder, null))
        .isInstanceOf(CapbenchException.class)
        .hasMessageContaining("lacks 1 tensor")
        .hasMessageContaining("ln_final.bias");

    new ModelFiles(GELU).renamed(name -> name.contains("resblocks.1.") ? "" : name).write(folder);
    assertThatThrownBy(() -> load(folder, null))
        .hasMessageContaining("lacks 24 tensors")
        .hasMessageContaining("visual.transformer.resblocks.1.ln_1.weight")
        .hasMessageContaining("and 14 more");
  }

  @Test
  void namesTensorsOfOtherShapes() {
    new ModelFiles(GELU).with("ln_final.bias", new float[47], 47L).write(folder);
    copyConfig("dreamlip_gelu");

    assertThatThrownBy(() -> load(folder, null))
        .isInstanceOf(CapbenchException.class)
        .hasMessageContaining("ln_final.bias has shape [47], not [48]");
  }

  @Test
  void refusesWeightsThatAreNoNumbers() {
    ModelFiles files = new ModelFiles(GELU);
    float[] bias = files.floats("ln_final.bias");
    bias[7] = Float.NaN;
    float[] other = files.floats("visual.ln_pre.bias");
    other[0] = Float.POSITIVE_INFINITY;
    files.with("ln_final.bias", bias, 48L).with("visual.ln_pre.bias", other, 64L).write(folder);
    copyConfig("dreamlip_gelu");

    assertThatThrownBy(() -> load(folder, null))
        .isInstanceOf(CapbenchException.class)
        .hasMessageContaining("NaN or infinite")
        .hasMessageContaining("visual.ln_pre.bias")
        .hasMessageContaining("ln_final.bias");
  }

  @Test
  void saysWhatAnotherArchitectureIs() {
    Path llama = GoldenFiles.path("llama_mha/config.json").getParent();

    assertThatThrownBy(() -> load(llama, null))
        .isInstanceOf(CapbenchException.class)
        .hasMessageContaining("model type \"llama\"");

    new ModelFiles("llama_mha/model.safetensors.index.json").write(folder);
    copyConfig("dreamlip_gelu");
    assertThatThrownBy(() -> load(folder, null))
        .hasMessageContaining("is a language model such as LLaMA, not a CLIP model");
  }

  @Test
  void aBareCheckpointNeedsShapesThatSayEnough() {
    new ModelFiles("dreamlip_ckpt/model.safetensors").write(folder);
    assertThatThrownBy(() -> load(folder, null))
        .isInstanceOf(CapbenchException.class)
        .hasMessageContaining("comes without a configuration")
        .hasMessageContaining("width 36");

    assertThatThrownBy(() -> load(folder, "ViT-B-16"))
        .hasMessageContaining("lacks 240 tensors")
        .hasMessageContaining("CLIP ViT-B/16");

    assertThatThrownBy(() -> load(folder, "ViT-Z"))
        .hasMessageContaining("no preset \"ViT-Z\"")
        .hasMessageContaining("DreamLIP-ViT-B-16");
  }

  @Test
  void hashesChangeWithWeightsAndConfiguration() {
    new ModelFiles(GELU).write(folder);
    copyConfig("dreamlip_gelu");
    String first = sha256();
    copyConfig("dreamlip_quickgelu");
    ModelFiles.config(folder, "open_clip_config.json", golden(true));
    String second = sha256();

    assertThat(first).hasSize(64).isNotEqualTo(second);
  }

  private String sha256() {
    try (ClipModel loaded = load(folder, null)) {
      return loaded.description().sha256();
    }
  }

  private static Map<String, Object> golden(boolean quick) {
    return Map.of(
        "model_cfg",
        Map.of(
            "embed_dim",
            64,
            "quick_gelu",
            quick,
            "vision_cfg",
            Map.of("image_size", 32, "layers", 3, "width", 64, "patch_size", 8, "head_width", 16),
            "text_cfg",
            Map.of("vocab_size", 512, "width", 48, "heads", 4, "layers", 3)));
  }

  private void config(Map<String, Object> vision, Map<String, Object> text, int embedDim) {
    ModelFiles.config(
        folder,
        "open_clip_config.json",
        Map.of("model_cfg", Map.of("embed_dim", embedDim, "vision_cfg", vision, "text_cfg", text)));
  }

  private void copyConfig(String model) {
    try {
      Files.write(
          folder.resolve("open_clip_config.json"),
          Files.readAllBytes(GoldenFiles.path(model + "/open_clip_config.json")));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private ClipModel load(Path path, @Nullable String preset) {
    return new ClipLoader(temporary.resolve("hashes"))
        .load(path, DeviceChoice.CPU, preset, JobContext.unwatched());
  }

  private static void assertGolden(ClipModel model, String folder) {
    try (NDManager manager = model.newManager();
        Golden inputs = new Golden(folder + "/inputs.safetensors");
        Golden wanted = new Golden(folder + "/expected.safetensors")) {
      VisionOutput images = model.vision().forward(inputs.array("pixel_values", manager));
      TextOutput captions = model.text().forward(inputs.rows("token_ids"), manager);
      wanted.assertEqual("image_features", images.features(), 3e-5);
      wanted.assertEqual("text_features", captions.features(), 3e-5);
      wanted.assertEqual(
          "logits_per_image",
          model.logits(Layers.normalize(images.features()), Layers.normalize(captions.features())),
          1e-4);
    }
  }
}
