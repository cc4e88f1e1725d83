package io.capbench.engine.clip;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.NDScope;
import io.capbench.engine.golden.GoldenFiles;
import io.capbench.engine.torch.DeviceChoice;
import io.capbench.engine.torch.Layers;
import io.capbench.storage.job.JobContext;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Both towers give what the original programs gave. */
@Tag("computes")
final class ClipGoldenTest {
  private static final double FEATURES = 3e-5;
  private static final double COSINES = 2e-6;
  private static final double LOGITS = 1e-4;

  @TempDir private Path cache;

  @ParameterizedTest
  @CsvSource({
    "dreamlip_gelu, model.safetensors, expected",
    "dreamlip_gelu, model_bf16.safetensors, expected_bf16",
    "dreamlip_gelu, model_f16.safetensors, expected_f16",
    "dreamlip_quickgelu, model.safetensors, expected",
    "dreamlip_ckpt, model.safetensors, expected",
    "clips, open_clip_model.safetensors, expected",
  })
  void givesWhatTheOriginalGave(String folder, String weights, String expected) {
    try (ClipModel model = load(folder + "/" + weights);
        NDManager manager = model.newManager();
        Golden inputs = new Golden(folder + "/inputs.safetensors");
        Golden wanted = new Golden(folder + "/" + expected + ".safetensors")) {
      VisionOutput images = model.vision().forward(inputs.array("pixel_values", manager));
      TextOutput captions = model.text().forward(inputs.rows("token_ids"), manager);
      NDArray image = Layers.normalize(images.features());
      NDArray caption = Layers.normalize(captions.features());

      wanted.assertEqual("image_features", images.features(), FEATURES);
      wanted.assertEqual("text_features", captions.features(), FEATURES);
      wanted.assertEqual("image_features_norm", image, COSINES);
      wanted.assertEqual("text_features_norm", caption, COSINES);
      wanted.assertEqual("logits_per_image", model.logits(image, caption), LOGITS);
      boolean clips = folder.equals("clips");
      wanted.assertEqual(clips ? "patch_tokens" : "local_tokens", images.localTokens(), FEATURES);
      assertThat(model.logitScale()).isEqualTo(wanted.floats("logit_scale_exp")[0]);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "dreamlip_gelu, model.safetensors",
    "dreamlip_quickgelu, model.safetensors",
    "clips, open_clip_model.safetensors",
  })
  void attentionThatIsWatchedGivesTheSame(String folder, String weights) {
    List<NDArray> seen = new ArrayList<>();
    try (ClipModel model = load(folder + "/" + weights);
        NDManager manager = model.newManager();
        Golden inputs = new Golden(folder + "/inputs.safetensors");
        Golden wanted = new Golden(folder + "/expected.safetensors")) {
      VisionOutput images =
          model
              .vision()
              .forward(
                  inputs.array("pixel_values", manager),
                  (block, probabilities, values) -> {
                    assertThat(block).isEqualTo(seen.size());
                    NDScope.unregister(probabilities);
                    seen.add(probabilities);
                    return probabilities.matMul(values);
                  });

      wanted.assertEqual("image_features", images.features(), FEATURES);
      assertThat(seen).hasSize(model.config().vision().transformer().layers());
      assertThat(seen.get(0).sum(new int[] {3}).sub(1).abs().max().getFloat()).isLessThan(1e-5f);
    }
  }

  @ParameterizedTest
  @CsvSource({"larger", "smaller"})
  void resamplesPositionsForAnotherImageSize(String size) {
    try (ClipModel model = load("dreamlip_ckpt/model.safetensors");
        NDManager manager = model.newManager();
        Golden wanted = new Golden("dreamlip_ckpt/posembed_resize.expected.safetensors")) {
      VisionOutput images = model.vision().forward(wanted.array(size + ".pixel_values", manager));

      wanted.assertEqual(
          size + ".image_features_norm", Layers.normalize(images.features()), COSINES);
      wanted.assertEqual(
          size + ".local_tokens_norm", Layers.normalize(images.localTokens()), COSINES);
    }
  }

  @Test
  void resultsLiveInTheManagerOfTheInputAndNothingElseStays() {
    try (ClipModel model = load("dreamlip_gelu/model.safetensors");
        NDManager manager = model.newManager();
        Golden inputs = new Golden("dreamlip_gelu/inputs.safetensors")) {
      NDArray pixels = inputs.array("pixel_values", manager);
      int before = manager.getManagedArrays().size();
      int weights = manager.getParentManager().getManagedArrays().size();

      VisionOutput images = model.vision().forward(pixels);
      TextOutput captions = model.text().forward(inputs.rows("token_ids"), manager);

      assertThat(manager.getManagedArrays().size()).isEqualTo(before + 4);
      assertThat(manager.getManagedArrays().containsAll(results(images, captions))).isTrue();
      assertThat(manager.getParentManager().getManagedArrays().size()).isEqualTo(weights + 4);
    }
  }

  private static List<NDArray> results(VisionOutput images, TextOutput captions) {
    return List.of(images.features(), images.localTokens(), captions.features(), captions.tokens());
  }

  private ClipModel load(String weights) {
    return new ClipLoader(cache)
        .load(GoldenFiles.path(weights), DeviceChoice.CPU, null, JobContext.unwatched());
  }
}
