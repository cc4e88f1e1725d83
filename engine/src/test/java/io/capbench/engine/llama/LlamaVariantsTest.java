package io.capbench.engine.llama;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.capbench.engine.decode.DecodingOptions;
import io.capbench.engine.decode.SharedBatch;
import io.capbench.engine.torch.DeviceChoice;
import io.capbench.engine.torch.NumberType;
import io.capbench.engine.weights.TensorType;
import io.capbench.storage.job.JobContext;
import io.capbench.storage.model.CapbenchException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Whatever config.json may ask for is computed as the formulas say, in double precision. */
@Tag("computes")
final class LlamaVariantsTest {

  @TempDir private Path folder;
  @TempDir private Path cache;

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "hidden_size; 24",
        "num_key_value_heads; 1",
        "num_key_value_heads; null",
        "head_dim; 10",
        "attention_bias; true",
        "mlp_bias; true",
        "tie_word_embeddings; true",
        "rope_theta; 500000.0",
        "rope_scaling; {\"type\": \"linear\", \"factor\": 2.5}",
        "rope_scaling; {\"rope_type\": \"llama3\", \"factor\": 8.0, \"low_freq_factor\": 1.0,"
            + " \"high_freq_factor\": 4.0, \"original_max_position_embeddings\": 64}",
        "rope_parameters; {\"rope_type\": \"default\", \"rope_theta\": 77.0}",
        "rms_norm_eps; 0.1",
      })
  void aModelGivesTheLogitsOfTheFormulas(String field, String value) throws IOException {
    RandomLlama random = new RandomLlama().with(field, value.equals("null") ? null : value);
    random.write(folder, TensorType.F32, 5);

    assertLogits(random, Precision.STORED, 40);
  }

  @Test
  void aTextLongerThanTheModelWasTrainedForStretchesItsWaves() throws IOException {
    RandomLlama random =
        new RandomLlama()
            .with("rope_scaling", "{\"type\": \"dynamic\", \"factor\": 4.0}")
            .with("max_position_embeddings", 16);
    random.write(folder, TensorType.F32, 6);

    assertLogits(random, Precision.STORED, 12);
    assertLogits(random, Precision.STORED, 40);
  }

  @Test
  void aTextGivenTogetherWithALongerOneStretchesItsWavesAsFar() throws IOException {
    RandomLlama random =
        new RandomLlama()
            .with("rope_scaling", "{\"type\": \"dynamic\", \"factor\": 4.0}")
            .with("max_position_embeddings", 16);
    random.write(folder, TensorType.F32, 6);
    List<Integer> text = text(5);
    Prompt prompt = new Prompt(0, text, 40, new SharedBatch(1, 40));

    try (LlamaModel model = load(Precision.STORED);
        LlamaDecoder decoder =
            new LlamaDecoder(
                model, DecodingOptions.greedy(8, List.of()), new DecoderLimits(1, 40, 1))) {
      ReferenceLlama reference = new ReferenceLlama(random, model.config());
      assertNear(
          new PromptLogits(model).of(text, 40), reference.logits(text, position -> 40), 2e-5);
      for (int token : decoder.decode(prompt, JobContext.unwatched()).get(0).tokens()) {
        double[] wanted = reference.logits(text, position -> position < 5 ? 40 : 40 + position - 4);
        double[] last = Arrays.copyOfRange(wanted, wanted.length - 50, wanted.length);
        assertThat(last[token]).isEqualTo(Arrays.stream(last).max().orElseThrow());
        text.add(token);
      }
    }
    assertThat(text).hasSize(13);
  }

  @Test
  void aTextOfSeveralPartsGivesTheSame() throws IOException {
    RandomLlama random = new RandomLlama();
    random.write(folder, TensorType.F32, 7);

    assertLogits(random, Precision.STORED, 1100);
  }

  @ParameterizedTest
  @EnumSource(
      value = TensorType.class,
      names = {"F64", "F32", "F16", "BF16"})
  void weightsOfAnyTypeAreReadExactly(TensorType type) throws IOException {
    RandomLlama random = new RandomLlama();
    random.write(folder, type, 8);

    assertLogits(random, Precision.F32, 20);
  }

  @ParameterizedTest
  @CsvSource({"F64, F32", "F32, F32", "F16, F16", "BF16, BF16"})
  void theStoredTypeIsComputedIn(TensorType stored, NumberType computed) throws IOException {
    RandomLlama random = new RandomLlama();
    random.write(folder, stored, 9);

    try (LlamaModel model = load(Precision.STORED)) {
      assertThat(model.type()).isEqualTo(computed);
      assertThat(new PromptLogits(model).of(List.of(1, 2, 3))).doesNotContain(Float.NaN);
    }
  }

  @Test
  void bytesStayNearTheNumbersTheyStandFor() throws IOException {
    RandomLlama random = new RandomLlama().with("hidden_size", 128).with("intermediate_size", 192);
    random.with("num_attention_heads", 8).with("num_key_value_heads", 8);
    random.with("attention_bias", true);
    random.write(folder, TensorType.BF16, 10);

    for (int length : new int[] {3, 40}) {
      try (LlamaModel bytes = load(Precision.INT8);
          LlamaModel whole = load(Precision.F32)) {
        float[] logits = new PromptLogits(bytes).of(text(length));
        float[] wanted = new PromptLogits(whole).of(text(length));
        assertThat(deviation(logits, wanted)).isBetween(1e-4, 0.12);
      }
    }
  }

  @Test
  void missingAndMisshapenTensorsAreNamed() throws IOException {
    new RandomLlama().write(folder, TensorType.F32, 11);
    new RandomLlama().with("num_hidden_layers", 3).writeConfig(folder);
    assertThatThrownBy(() -> load(Precision.STORED))
        .isInstanceOf(CapbenchException.class)
        .hasMessageContaining("lacks 9 of the")
        .hasMessageContaining("model.layers.2.input_layernorm.weight")
        .hasMessageContaining("and 4 more");
    new RandomLlama().with("intermediate_size", 48).writeConfig(folder);
    assertThatThrownBy(() -> load(Precision.STORED))
        .isInstanceOf(CapbenchException.class)
        .hasMessageContaining("model.layers.0.mlp.gate_proj.weight has [40, 24], not [48, 24]");
  }

  private void assertLogits(RandomLlama random, Precision precision, int length) {
    List<Integer> text = text(length);
    try (LlamaModel model = load(precision)) {
      float[] logits = new PromptLogits(model).of(text);
      double[] wanted = new ReferenceLlama(random, model.config()).logits(text);
      // Angles in single precision, as transformers has them, are coarser far from the beginning.
      assertNear(logits, wanted, length > 1000 ? 2e-4 : 2e-5);
    }
  }

  private static void assertNear(float[] actual, double[] wanted, double most) {
    assertThat(actual).hasSameSizeAs(wanted);
    double largest = 0;
    for (int i = 0; i < wanted.length; i++) {
      largest = Math.max(largest, Math.abs(actual[i] - wanted[i]));
    }
    assertThat(largest).isLessThan(most);
  }

  private static double deviation(float[] actual, float[] wanted) {
    double square = 0;
    double whole = 0;
    for (int i = 0; i < wanted.length; i++) {
      square += Math.pow(actual[i] - wanted[i], 2);
      whole += Math.pow(wanted[i], 2);
    }
    return Math.sqrt(square / whole);
  }

  private static List<Integer> text(int length) {
    Random random = new Random(3);
    List<Integer> text = new ArrayList<>();
    for (int i = 0; i < length; i++) {
      text.add(random.nextInt(50));
    }
    return text;
  }

  private LlamaModel load(Precision precision) {
    return new LlamaLoader(cache).load(folder, DeviceChoice.CPU, precision, JobContext.unwatched());
  }
}
