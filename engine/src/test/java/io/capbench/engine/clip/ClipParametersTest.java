package io.capbench.engine.clip;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.NDScope;
import ai.djl.ndarray.types.Shape;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.capbench.engine.pixels.PreprocessConfig;
import io.capbench.engine.torch.DeviceChoice;
import io.capbench.engine.torch.GradientMode;
import io.capbench.engine.torch.Layers;
import io.capbench.engine.torch.TorchRuntime;
import io.capbench.storage.job.JobContext;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Trains through the engine's own layers: gradients are right, and what is written is read. */
class ClipParametersTest {
  private static final ClipConfig CONFIG =
      new ClipConfig(
          6,
          new VisionConfig(
              new TransformerConfig(8, 2, 2, 32, Activation.GELU, 1e-5, false),
              12,
              12,
              4,
              4,
              true,
              false,
              VisionPool.TOKEN),
          new TextConfig(
              new TransformerConfig(8, 2, 2, 32, Activation.GELU, 1e-5, false),
              7,
              11,
              true,
              TextPool.ARGMAX,
              2,
              TextProjection.MATRIX),
          false,
          PreprocessConfig.openAi(12));
  private static final List<int[]> IDS =
      List.of(new int[] {1, 4, 5, 10, 0, 0, 0}, new int[] {1, 7, 10, 0, 0, 0, 0});

  private TorchRuntime torch;
  private NDManager manager;
  private ClipParameters parameters;
  private NDArray pixels;

  @BeforeEach
  void make() {
    torch = TorchRuntime.start();
    manager = torch.newManager(torch.device(DeviceChoice.CPU));
    parameters = ClipParameters.random(CONFIG, 5, manager);
    Random random = new Random(7);
    float[] values = new float[2 * 3 * 12 * 12];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) random.nextGaussian();
    }
    pixels = manager.create(values, new Shape(2, 3, 12, 12));
  }

  @AfterEach
  void close() {
    manager.close();
    torch.close();
  }

  /** A number to which every weight adds something: both features and all patches are in it. */
  private NDArray loss() {
    NDArray logits = Layers.scale(images().matMul(texts().transpose()), 1);
    NDArray scaled = logits.mul(parameters.get("logit_scale").exp());
    NDArray patches = patches().matMul(texts().transpose());
    return scaled.logSoftmax(1).mul(manager.eye(2)).sum().add(patches.max(new int[] {1}).sum());
  }

  private NDArray images() {
    VisionOutput output = parameters.vision(torch.ops()).forward(pixels, AttentionHook.NONE);
    return Layers.normalize(output.features());
  }

  private NDArray patches() {
    VisionTower tower = parameters.vision(torch.ops());
    return Layers.normalize(
        tower.projectPatches(tower.forward(pixels, AttentionHook.NONE).localTokens()));
  }

  private NDArray texts() {
    TextTower tower = parameters.text(torch.ops());
    return Layers.normalize(tower.forward(IDS, manager, AttentionHook.NONE).features());
  }

  private double value() {
    try (NDScope scope = new NDScope()) {
      scope.suppressNotUsedWarning();
      return GradientMode.unrecorded(() -> loss().getFloat());
    }
  }

  @Test
  void gradientsOfAllWeightsAreWhatNumericDifferencesSay() {
    NDArray loss = GradientMode.recorded(this::loss);
    System.gc(); // what is recorded holds no memory of Java's
    GradientMode.backward(loss);
    parameters
        .leaves()
        .forEach(
            (name, leaf) -> {
              float[] gradient = leaf.getGradient().toFloatArray();
              int at = largest(gradient);
              assertThat(gradient[at]).as(name).isNotZero();
              assertThat(numeric(leaf, at))
                  .as("%s[%d]", name, at)
                  .isCloseTo(gradient[at], within(0.02 * Math.abs(gradient[at]) + 4e-3));
            });
  }

  private double numeric(NDArray leaf, int at) {
    float[] before = leaf.toFloatArray();
    double step = 1e-2 * Math.max(0.1, Math.abs(before[at]));
    double[] values = new double[2];
    for (int side = 0; side < 2; side++) {
      float[] moved = before.clone();
      moved[at] += (float) (side == 0 ? step : -step);
      put(leaf, moved);
      values[side] = value();
    }
    put(leaf, before);
    return (values[0] - values[1]) / (2 * step);
  }

  private void put(NDArray leaf, float[] values) {
    GradientMode.unrecorded(
        () -> {
          manager.create(values, leaf.getShape()).copyTo(leaf);
          return leaf;
        });
  }

  private static int largest(float[] values) {
    int best = 0;
    for (int i = 1; i < values.length; i++) {
      if (Math.abs(values[i]) > Math.abs(values[best])) {
        best = i;
      }
    }
    return best;
  }

  @Test
  void whatIsWrittenComputesTheSameWhenItIsLoaded(@TempDir Path folder) throws IOException {
    parameters.write(folder.resolve("open_clip_model.safetensors"));
    new ObjectMapper()
        .writeValue(
            folder.resolve("open_clip_config.json").toFile(),
            Map.of(
                "model_cfg",
                Map.of(
                    "embed_dim",
                    6,
                    "vision_cfg",
                    Map.of(
                        "image_size",
                        12,
                        "layers",
                        2,
                        "width",
                        8,
                        "patch_size",
                        4,
                        "head_width",
                        4),
                    "text_cfg",
                    Map.of(
                        "context_length",
                        7,
                        "vocab_size",
                        11,
                        "width",
                        8,
                        "heads",
                        2,
                        "layers",
                        2))));
    try (ClipModel model =
        new ClipLoader(Files.createDirectory(folder.resolve("cache")))
            .load(folder, DeviceChoice.CPU, null, JobContext.unwatched())) {
      assertThat(model.config()).isEqualTo(CONFIG);
      VisionOutput vision = model.vision().forward(pixels);
      assertThat(Layers.normalize(vision.features()).toFloatArray())
          .containsExactly(images().toFloatArray(), within(1e-5f));
      assertThat(
              Layers.normalize(model.vision().projectPatches(vision.localTokens())).toFloatArray())
          .containsExactly(patches().toFloatArray(), within(1e-5f));
      assertThat(Layers.normalize(model.text().forward(IDS, manager).features()).toFloatArray())
          .containsExactly(texts().toFloatArray(), within(1e-5f));
      assertThat(model.logitScale()).isCloseTo(1 / 0.07f, within(1e-4f));
    }
  }

  @Test
  void theSameSeedGivesTheSameWeightsAndAnotherOthers() {
    float[] same = ClipParameters.random(CONFIG, 5, manager).get("visual.proj").toFloatArray();
    float[] other = ClipParameters.random(CONFIG, 6, manager).get("visual.proj").toFloatArray();
    assertThat(same).isEqualTo(parameters.get("visual.proj").toFloatArray()).isNotEqualTo(other);
  }
}
