package io.capbench.engine.clip;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.capbench.engine.pixels.Interpolation;
import io.capbench.engine.pixels.ResizeMode;
import io.capbench.storage.model.CapbenchException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Configurations mean what they mean in open_clip and in transformers. */
final class ClipConfigTest {
  private final List<String> problems = new ArrayList<>();
  @TempDir private Path folder;

  @Test
  void whatIsLeftOutHasTheOriginalsValue() {
    ClipConfig config = openClip("{'embed_dim': 512, 'vision_cfg': {}, 'text_cfg': {}}");

    assertThat(config.vision())
        .isEqualTo(
            new VisionConfig(
                new TransformerConfig(768, 12, 12, 3072, Activation.GELU, 1e-5, false),
                224,
                224,
                16,
                16,
                true,
                false,
                VisionPool.TOKEN));
    assertThat(config.text())
        .isEqualTo(
            new TextConfig(
                new TransformerConfig(512, 12, 8, 2048, Activation.GELU, 1e-5, false),
                77,
                49_408,
                true,
                TextPool.ARGMAX,
                2,
                TextProjection.MATRIX));
    assertThat(config.preprocess().interpolation()).isEqualTo(Interpolation.BICUBIC);
    assertThat(config.preprocess().resizeMode()).isEqualTo(ResizeMode.SHORTEST);
    assertThat(config.architecture()).isEqualTo("CLIP ViT-B/16");
    assertThat(problems).isEmpty();
  }

  @Test
  void everyFieldThatChangesTheModelIsRead() {
    ClipConfig config =
        openClip(
            "{'embed_dim': 40, 'quick_gelu': false, 'init_logit_bias': -10, 'vision_cfg': {"
                + "'image_size': [56, 42], 'patch_size': [14, 7], 'layers': 3, 'width': 100,"
                + "'head_width': 48, 'mlp_ratio': 4.3637, 'no_ln_pre': true, 'pool_type': 'avg',"
                + "'final_ln_after_pool': true, 'norm_kwargs': {'eps': 1e-6}, 'act_kwargs': null,"
                + "'ls_init_value': 1e-5, 'patch_dropout': 0.5, 'output_tokens': true},"
                + "'text_cfg': {'context_length': 24, 'vocab_size': 400, 'width': 40, 'heads': 5,"
                + "'layers': 2, 'mlp_ratio': 2, 'pool_type': 'last', 'no_causal_mask': true,"
                + "'act_kwargs': {'approximate': 'tanh'}, 'proj_type': 'none'}}");

    assertThat(config.vision())
        .isEqualTo(
            new VisionConfig(
                new TransformerConfig(100, 3, 2, 436, Activation.GELU, 1e-6, true),
                56,
                42,
                14,
                7,
                false,
                true,
                VisionPool.AVERAGE));
    assertThat(config.vision().rows()).isEqualTo(4);
    assertThat(config.vision().columns()).isEqualTo(6);
    assertThat(config.text())
        .isEqualTo(
            new TextConfig(
                new TransformerConfig(40, 2, 5, 80, Activation.GELU_TANH, 1e-5, false),
                24,
                400,
                false,
                TextPool.LAST,
                2,
                TextProjection.NONE));
    assertThat(config.logitBias()).isTrue();
    assertThat(problems).singleElement().asString().contains("not square");
  }

  @Test
  void fieldsThatNobodyKnowsAreNamed() {
    openClip("{'embed_dim': 8, 'vision_cfg': {'scale_fc': true}, 'text_cfg': {'odd': null}}");

    assertThat(problems).singleElement().asString().contains("vision_cfg.scale_fc");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{'vision_cfg': {}, 'text_cfg': {}} | embed_dim is missing",
        "{'embed_dim': -1, 'vision_cfg': {}, 'text_cfg': {}} | embed_dim is -1",
        "{'embed_dim': 1e300, 'vision_cfg': {}, 'text_cfg': {}} | embed_dim is 1.0E300",
        "{'embed_dim': 8, 'vision_cfg': {'width': '64'}, 'text_cfg': {}} | vision_cfg.width is",
        "{'embed_dim': 8, 'vision_cfg': 7, 'text_cfg': {}} | vision_cfg is 7",
        "{'embed_dim': 8, 'vision_cfg': {'layers': [3,4,6,3]}, 'text_cfg': {}} | layers is [3,4,6,3]",
        "{'embed_dim': 8, 'vision_cfg': {'width': 9, 'head_width': 4}, 'text_cfg': {}} | multiple of",
        "{'embed_dim': 8, 'vision_cfg': {'patch_size': 300}, 'text_cfg': {}} | at most image_size",
        "{'embed_dim': 8, 'vision_cfg': {'pool_type': 'none'}, 'text_cfg': {}} | tok or avg",
        "{'embed_dim': 8, 'vision_cfg': {'timm_model_name': 'vit'}, 'text_cfg': {}} | timm library",
        "{'embed_dim': 8, 'vision_cfg': {'attentional_pool': true}, 'text_cfg': {}} | CoCa",
        "{'embed_dim': 8, 'vision_cfg': {}, 'text_cfg': {'hf_model_name': 'x'}} | transformers",
        "{'embed_dim': 8, 'vision_cfg': {}, 'text_cfg': {'embed_cls': true}} | CoCa",
        "{'embed_dim': 8, 'vision_cfg': {'mlp_ratio': 0}, 'text_cfg': {}} | mlp_ratio",
        "{'embed_dim': 8, 'vision_cfg': {}, 'text_cfg': {'act_kwargs': {'approximate': 'x'}}} | tanh",
      })
  void whatCannotBeIsNamedWithItsFile(String json, String message) {
    assertThatThrownBy(() -> openClip(json))
        .isInstanceOf(CapbenchException.class)
        .hasMessageContaining("test.json")
        .hasMessageContaining(message);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "[]", "{", "null", "{\"a\":"})
  void whatIsNoConfigurationIsRefused(String content) throws Exception {
    Path file = Files.writeString(folder.resolve("config.json"), content);

    assertThatThrownBy(() -> ConfigNode.read(file))
        .isInstanceOf(CapbenchException.class)
        .hasMessageContaining("config.json")
        .hasMessageNotContainingAny("REDACTED", "\n");
  }

  @Test
  void namesOfTheTransformersLibraryMeanTheSame() {
    ClipConfig config =
        new HuggingFaceConfig(
                node(
                    "{'model_type': 'clip', 'projection_dim': 512, 'text_config': {},"
                        + "'vision_config': {'patch_size': 16, 'hidden_act': 'gelu'}}"),
                node("{'image_mean': [0.5, 0.5, 0.5], 'resample': 2, 'do_center_crop': false}"))
            .read();

    assertThat(config.vision().patchHeight()).isEqualTo(16);
    assertThat(config.vision().transformer().activation()).isEqualTo(Activation.GELU);
    assertThat(config.text().transformer().activation()).isEqualTo(Activation.QUICK_GELU);
    assertThat(config.text().pool()).isEqualTo(TextPool.END_TOKEN);
    assertThat(config.text().endToken()).isEqualTo(49_407);
    assertThat(config.preprocess().mean()).containsExactly(0.5, 0.5, 0.5);
    assertThat(config.preprocess().resizeMode()).isEqualTo(ResizeMode.SQUASH);
    assertThat(config.preprocess().interpolation()).isEqualTo(Interpolation.BILINEAR);
  }

  @Test
  void oldFilesOfTheTransformersLibraryPoolAtTheLargestToken() {
    ClipConfig config =
        new HuggingFaceConfig(node("{'text_config': {'eos_token_id': 2}}"), null).read();

    assertThat(config.text().pool()).isEqualTo(TextPool.ARGMAX);
  }

  @Test
  void everyPresetIsAModel() {
    Presets presets = new Presets();
    for (String name : presets.names()) {
      ClipConfig config = presets.read(name);
      assertThat(name.endsWith("-quickgelu"))
          .as(name)
          .isEqualTo(config.vision().transformer().activation() == Activation.QUICK_GELU);
    }
    assertThat(presets.read("vit-l/14-336").vision().rows()).isEqualTo(24);
    assertThat(presets.read("ViT-L-14-CLIPS-224").architecture()).isEqualTo("CLIPS ViT-L/14");
    assertThat(presets.names())
        .contains("ViT-B-32", "ViT-B-16", "ViT-L-14", "ViT-L-14-336", "DreamLIP-ViT-B-16");
  }

  private ClipConfig openClip(String json) {
    return new OpenClipConfig(node(json), problems).read();
  }

  private static ConfigNode node(String json) {
    byte[] bytes = json.replace('\'', '"').getBytes(StandardCharsets.UTF_8);
    try {
      return ConfigNode.read("test.json", new ByteArrayInputStream(bytes));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
