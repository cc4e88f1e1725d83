package io.capbench.engine.llama;

import static org.assertj.core.api.Assertions.assertThat;

import io.capbench.engine.torch.DeviceChoice;
import io.capbench.engine.torch.NumberType;
import io.capbench.storage.job.JobContext;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Logits and hidden states are those of transformers. */
@Tag("computes")
final class LlamaGoldenTest {
  @TempDir private static Path cache;

  @ParameterizedTest
  @ValueSource(strings = {"llama_mha", "llama_gqa"})
  void logitsOfEveryTokenAreTheOriginals(String name) throws IOException {
    try (GoldenModel golden = new GoldenModel(name);
        LlamaModel model = load(golden.folder(), Precision.STORED)) {
      assertThat(model.type()).isEqualTo(NumberType.F32);
      for (String set : List.of("case0", "case1", "case2", "case3", "case4")) {
        assertLogits(golden, model, set, set + ".logits");
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"llama_mha", "llama_gqa"})
  void roundedWeightsInSinglePrecisionGiveTheOriginalsLogits(String name) throws IOException {
    try (GoldenModel golden = new GoldenModel(name);
        LlamaModel model = load(golden.folder().resolve("bf16"), Precision.F32)) {
      assertLogits(golden, model, "case0", "bf16.case0.logits_f32_compute");
    }
  }

  @Test
  void shardsOfPickledWeightsGiveTheSame() throws IOException {
    try (GoldenModel golden = new GoldenModel("llama_mha");
        LlamaModel model = load(golden.folder().resolve("bin"), Precision.STORED)) {
      assertLogits(golden, model, "case0", "case0.logits");
    }
  }

  @ParameterizedTest
  @CsvSource({"llama_mha, 3", "llama_gqa, 2"})
  void hiddenStatesOfEveryLayerAreTheOriginals(String name, int layers) throws IOException {
    try (GoldenModel golden = new GoldenModel(name);
        LlamaModel model = load(golden.folder(), Precision.STORED)) {
      List<List<Integer>> rows = golden.rows("case0");
      for (int row = 0; row < rows.size(); row++) {
        List<float[]> states = new ArrayList<>();
        List<Integer> tokens = rows.get(row);
        new PromptLogits(model).of(tokens, tokens.size(), x -> states.add(x.toFloatArray()));

        assertThat(states).hasSize(layers + 1);
        for (int i = 0; i <= layers; i++) {
          float[] wanted = golden.expected("case0.hidden_states." + i, row, rows.get(row).size());
          assertThat(largestDifference(states.get(i), wanted)).as("state %d", i).isLessThan(1e-5f);
        }
      }
    }
  }

  @ParameterizedTest
  @CsvSource({"llama_mha, BF16, 0.4", "llama_gqa, BF16, 0.4", "llama_gqa, INT8, 0.6"})
  void fewerBitsStayNearTheOriginal(String name, Precision precision, float tolerance)
      throws IOException {
    try (GoldenModel golden = new GoldenModel(name);
        LlamaModel model = load(golden.folder(), precision)) {
      assertThat(model.type()).isEqualTo(NumberType.BF16);
      List<Integer> row = golden.rows("case0").get(3);

      float[] logits = new PromptLogits(model).of(row);

      float difference = largestDifference(logits, golden.expected("case0.logits", 3, row.size()));
      assertThat(difference).isBetween(1e-4f, tolerance);
    }
  }

  private static void assertLogits(
      GoldenModel golden, LlamaModel model, String set, String tensor) {
    List<List<Integer>> rows = golden.rows(set);
    for (int row = 0; row < rows.size(); row++) {
      float[] wanted = golden.expected(tensor, row, rows.get(row).size());
      float[] logits = new PromptLogits(model).of(rows.get(row));
      assertThat(largestDifference(logits, wanted)).as("%s row %d", set, row).isLessThan(5e-5f);
    }
  }

  private static LlamaModel load(Path folder, Precision precision) {
    return new LlamaLoader(cache).load(folder, DeviceChoice.CPU, precision, JobContext.unwatched());
  }

  private static float largestDifference(float[] actual, float[] wanted) {
    assertThat(actual).hasSameSizeAs(wanted);
    float largest = 0;
    for (int i = 0; i < wanted.length; i++) {
      assertThat(actual[i]).isFinite();
      largest = Math.max(largest, Math.abs(actual[i] - wanted[i]));
    }
    return largest;
  }
}
