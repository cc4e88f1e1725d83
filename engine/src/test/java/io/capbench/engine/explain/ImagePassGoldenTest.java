package io.capbench.engine.explain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.withPrecision;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import io.capbench.engine.clip.ClipLoader;
import io.capbench.engine.clip.ClipModel;
import io.capbench.engine.clip.TextOutput;
import io.capbench.engine.golden.GoldenFiles;
import io.capbench.engine.torch.DeviceChoice;
import io.capbench.engine.torch.Layers;
import io.capbench.storage.job.JobContext;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The same maps as the original programs made of the same weights and inputs. */
@Tag("computes")
class ImagePassGoldenTest {
  private static final float RELEVANCE = 2e-5f;
  private static final float MIN_MAX = 5e-5f;
  private static final float ATTENTION = 1e-5f;
  private static final float SIMILARITY = 2e-6f;
  private static final float TOKENWISE = 1e-5f;
  private static final float GAP = 1e-4f;

  @TempDir private Path folder;

  private ClipModel load(String name) {
    return new ClipLoader(folder)
        .load(GoldenFiles.path(name), DeviceChoice.CPU, null, JobContext.unwatched());
  }

  @ParameterizedTest
  @ValueSource(strings = {"dreamlip_gelu", "dreamlip_quickgelu"})
  void relevanceIsThatOfTheNotebook(String name) {
    try (ClipModel model = load(name);
        Golden inputs = new Golden(name + "/inputs.safetensors");
        Golden expected = new Golden("chefer/" + name + ".expected.safetensors");
        NDManager manager = model.newManager()) {
      NDArray texts = Layers.normalize(texts(model, inputs, manager).features());
      int checked = 0;
      for (int image = 0; image < inputs.size("pixel_values", 0); image++) {
        String key = "image" + image + ".";
        if (!expected.has(key + "last.relevance")) {
          continue;
        }
        checked++;
        ImagePass pass = pass(model, inputs, image, manager);
        for (int t = 0; t < texts.getShape().get(0); t++) {
          List<PatchMap> maps = pass.relevance(texts.get(t));
          assertThat(maps).hasSize(3);
          assertRelevance(maps.get(2), expected, key + "last", t);
          assertRelevance(maps.get(1), expected, key + "from1", t);
          assertRelevance(maps.get(0), expected, key + "all", t);
        }
        assertClose(pass.rollout(), expected.floats(key + "attention_rollout"), ATTENTION);
        assertClose(pass.clsAttention(), expected.floats(key + "attention_cls_last"), ATTENTION);
      }
      assertThat(checked).isEqualTo(2);
    }
  }

  private static void assertRelevance(PatchMap map, Golden expected, String key, int text) {
    assertClose(map, expected.row(key + ".relevance", text), RELEVANCE);
    float[] stretched = expected.row(key + ".relevance_minmax", text);
    assertClose(Grouping.stretch(map), stretched, MIN_MAX);
  }

  @Test
  void similarityOfWordsAndPatchesOfAWideModelIsTakenInTheJointSpace() {
    assertTokenwise("dreamlip_quickgelu", true);
    assertTokenwise("dreamlip_ckpt", true);
  }

  @Test
  void similarityOfWordsAndPatchesAsWideAsTheJointSpaceIsTakenAsTheyAre() {
    assertTokenwise("dreamlip_gelu", false);
  }

  private void assertTokenwise(String name, boolean projected) {
    String kind = projected ? "projected" : "raw";
    try (ClipModel model = load(name);
        Golden inputs = new Golden(name + "/inputs.safetensors");
        Golden expected = new Golden("tokenwise/" + name + ".expected.safetensors");
        NDManager manager = model.newManager()) {
      TextOutput output = texts(model, inputs, manager);
      NDArray tokens = Layers.normalize(model.text().project(output.tokens()));
      long[] words = expected.longs("word_token_mask");
      float[] best = expected.floats("max_patch_similarity_" + kind);
      long[] bestIndex = expected.longs("max_patch_index_" + kind);
      int length = expected.size("word_token_mask", 1);
      int texts = expected.size("word_token_mask", 0);
      for (int image = 0; image < inputs.size("pixel_values", 0); image++) {
        ImagePass pass = pass(model, inputs, image, manager);
        assertThat(pass.projected()).isEqualTo(projected);
        for (int t = 0; t < texts; t++) {
          List<PatchMap> maps = pass.patchSimilarity(tokens.get(t));
          double score = 0;
          int count = 0;
          for (int n = 0; n < maps.size(); n++) {
            int row = (image * texts + t) * length + n;
            PatchMap map = maps.get(n);
            assertClose(map, expected.row("similarity_" + kind, row), TOKENWISE);
            assertBest(map, best[row], (int) bestIndex[row]);
            if (words[t * length + n] != 0) {
              score += largest(map.toArray());
              count++;
            }
          }
          float wanted = expected.floats("filip_score_" + kind)[image * texts + t];
          assertThat((float) (score / count)).isEqualTo(wanted, withPrecision(TOKENWISE));
        }
      }
    }
  }

  private static void assertBest(PatchMap map, float best, int index) {
    float[] values = map.toArray();
    assertThat(largest(values)).isEqualTo(best, withPrecision(TOKENWISE));
    float[] sorted = values.clone();
    Arrays.sort(sorted);
    if (sorted[sorted.length - 1] - sorted[sorted.length - 2] > GAP) {
      assertThat(values[index]).isEqualTo(largest(values));
    }
  }

  private static float largest(float[] values) {
    float largest = values[0];
    for (float value : values) {
      largest = Math.max(largest, value);
    }
    return largest;
  }

  @Test
  void groupingFromPixelsIsThatOfDreamlip() {
    try (ClipModel model = load("dreamlip_gelu");
        Golden inputs = new Golden("grouping/dreamlip_gelu.model_inputs.safetensors");
        Golden expected = new Golden("grouping/dreamlip_gelu.single.expected.safetensors");
        NDManager manager = model.newManager()) {
      NDArray texts = Layers.normalize(texts(model, inputs, manager).features());
      ImagePass pass = pass(model, inputs, 0, manager);
      int count = expected.size("similarity", 1);
      List<PatchMap> maps = pass.patchSimilarity(texts).subList(0, count);
      for (int t = 0; t < count; t++) {
        assertClose(maps.get(t), expected.row("similarity", t), SIMILARITY);
        for (String sigma : List.of("null", "0.0", "0.1", "0.3", "0.5", "0.7")) {
          Optional<PatchMap> weights = Grouping.weights(maps.get(t), Sigma.of(sigma));
          float[] wanted = expected.row("minmax.sigma_" + sigma + ".weights", t);
          assertClose(weights.orElseThrow(), wanted, 1e-5f);
          for (int p = 0; p < wanted.length; p++) {
            assertThat(weights.orElseThrow().get(p) == 0).isEqualTo(wanted[p] == 0);
          }
        }
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"dreamlip_gelu", "dreamlip_quickgelu", "dreamlip_ckpt"})
  void similarityToTheImageIsItsCosine(String name) {
    try (ClipModel model = load(name);
        Golden inputs = new Golden(name + "/inputs.safetensors");
        Golden expected = new Golden(name + "/expected.safetensors");
        NDManager manager = model.newManager()) {
      NDArray texts = Layers.normalize(texts(model, inputs, manager).features());
      for (int image = 0; image < inputs.size("pixel_values", 0); image++) {
        ImagePass pass = pass(model, inputs, image, manager);
        assertThat(pass.similarity(texts))
            .containsExactly(expected.row("cosine_similarity", image), withPrecision(1e-5f));
      }
    }
  }

  /** What is recorded must not lie in memory that Java's garbage collector frees. */
  @ParameterizedTest
  @ValueSource(strings = {"dreamlip_gelu", "dreamlip_quickgelu"})
  void mapsDoNotChangeWhileJavaCleansUp(String name) {
    try (ClipModel model = load(name);
        Golden inputs = new Golden(name + "/inputs.safetensors");
        Golden expected = new Golden("chefer/" + name + ".expected.safetensors");
        NDManager manager = model.newManager()) {
      NDArray texts = Layers.normalize(texts(model, inputs, manager).features());
      ImagePass pass = pass(model, inputs, 0, manager);
      for (int run = 0; run < 20; run++) {
        overwriteWhatIsFree();
        List<PatchMap> maps = pass.relevance(texts.get(0));
        assertRelevance(maps.get(0), expected, "image0.all", 0);
      }
    }
  }

  private static void overwriteWhatIsFree() {
    System.gc();
    List<ByteBuffer> small = new ArrayList<>();
    for (int i = 0; i < 10_000; i++) {
      ByteBuffer buffer = ByteBuffer.allocateDirect(Float.BYTES);
      small.add(buffer.putFloat(0, 1e9f));
    }
    assertThat(small).hasSize(10_000);
  }

  private static ImagePass pass(ClipModel model, Golden inputs, int image, NDManager manager) {
    int height = inputs.size("pixel_values", 2);
    int width = inputs.size("pixel_values", 3);
    int size = 3 * height * width;
    float[] all = inputs.floats("pixel_values");
    float[] one = Arrays.copyOfRange(all, image * size, (image + 1) * size);
    NDArray pixels = manager.create(one, new Shape(1, 3, height, width));
    return new ImagePass(model.vision(), model.logitScale(), pixels);
  }

  private static TextOutput texts(ClipModel model, Golden inputs, NDManager manager) {
    long[] all = inputs.longs("token_ids");
    int length = inputs.size("token_ids", inputs.rank("token_ids") - 1);
    List<int[]> ids = new ArrayList<>();
    for (int from = 0; from < all.length; from += length) {
      ids.add(Arrays.stream(all, from, from + length).mapToInt(Math::toIntExact).toArray());
    }
    return model.text().forward(ids, manager);
  }

  private static void assertClose(PatchMap actual, float[] expected, float tolerance) {
    assertThat(actual.toArray()).containsExactly(expected, withPrecision(tolerance));
  }
}
