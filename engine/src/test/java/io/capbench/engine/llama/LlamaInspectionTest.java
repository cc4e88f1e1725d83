package io.capbench.engine.llama;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import io.capbench.engine.torch.DeviceChoice;
import io.capbench.engine.weights.TensorType;
import io.capbench.storage.job.JobContext;
import io.capbench.storage.model.CapbenchException;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("computes")
final class LlamaInspectionTest {
  @TempDir private Path folder;
  @TempDir private Path cache;

  @Test
  void aSoundModelIsDescribedAndRuns() throws IOException {
    random().write(folder, TensorType.BF16, 1);
    addTokenizer();
    LlamaReport report = inspect();

    LlamaConfig config = LlamaConfig.read(folder);
    assertThat(report.problems()).isEmpty();
    assertThat(report.usable()).isTrue();
    assertThat(report.seconds()).isNotNegative();
    assertThat(report.architecture()).isEqualTo("LlamaForCausalLM");
    assertThat(report.parameters()).isEqualTo(config.parameters());
    assertThat(report.dtype()).isEqualTo("BF16");
    assertThat(report.layers()).isEqualTo(2);
    assertThat(report.width()).isEqualTo(24);
    assertThat(report.vocabulary()).isEqualTo(700);
    assertThat(report.tokenizer()).contains("tokenizer.json");
    assertThat(report.device()).isEqualTo("cpu");
    assertThat(report.sha256())
        .isEqualTo(new LlamaLoader(cache).textHash(folder, JobContext.unwatched()))
        .isNotEqualTo(new LlamaLoader(cache).hash(folder, JobContext.unwatched()));
    long besides = report.memory().get(2).bytes() - 2 * config.parameters();
    assertThat(report.memory())
        .extracting(LlamaReport.Memory::precision, one -> one.bytes() - besides)
        .containsExactly(
            tuple("stored", 2 * config.parameters()),
            tuple("f32", 4 * config.parameters()),
            tuple("bf16", 2 * config.parameters()),
            tuple("int8", config.parameters() + 2 * 700 * 24));
    assertThat(report.memory()).allMatch(LlamaReport.Memory::fits);
    assertThat(report.memory())
        .as("every precision was tried, with one token, several, and a prompt")
        .allMatch(one -> one.problem() == null && one.seconds() != null);
    try (Stream<Path> kept = Files.list(cache)) {
      assertThat(kept).noneMatch(file -> file.getFileName().toString().contains("layer"));
    }
  }

  @Test
  void allThatIsWrongIsListedAtOnce() throws IOException {
    random().write(folder, TensorType.F32, 1);
    random().with("num_hidden_layers", 3).with("intermediate_size", 41).writeConfig(folder);
    LlamaReport report = inspect();

    assertThat(report.usable()).isFalse();
    assertThat(report.seconds()).isNull();
    assertThat(report.memory()).isEmpty();
    assertThat(report.dtype()).isEqualTo("F32");
    assertThat(report.problems()).hasSize(3);
    assertThat(report.problems().get(0))
        .contains("lacks 9 of the 30 tensors", "model.layers.2.input_layernorm.weight");
    assertThat(report.problems().get(1)).contains("gate_proj.weight has [40, 24], not [41, 24]");
    assertThat(report.problems().get(2)).contains("no tokenizer.json");
  }

  @Test
  void anotherArchitectureIsNamedAndStillDescribed() throws IOException {
    random().write(folder, TensorType.F32, 1);
    long numbers = LlamaConfig.read(folder).parameters();
    random().with("architectures", "[\"MistralForCausalLM\"]").writeConfig(folder);
    addTokenizer();
    LlamaReport report = inspect();

    assertThat(report.usable()).isFalse();
    assertThat(report.architecture()).isEqualTo("MistralForCausalLM");
    assertThat(report.parameters()).isEqualTo(numbers);
    assertThat(report.layers()).isEqualTo(2);
    assertThat(report.sha256()).hasSize(64);
    assertThat(report.problems()).hasSize(1);
    assertThat(report.problems().get(0)).contains("the architecture MistralForCausalLM");
  }

  @Test
  void missingPartsAreNamed() throws IOException {
    random().write(folder, TensorType.F32, 1);
    addTokenizer();
    Path weights = folder.resolve("model.safetensors");
    Path first = folder.resolve("model-00001-of-00002.safetensors");
    Files.move(weights, first);
    Files.writeString(
        folder.resolve("model.safetensors.index.json"),
        """
        {"weight_map": {"model.norm.weight": "model-00001-of-00002.safetensors",
                        "lm_head.weight": "model-00002-of-00002.safetensors"}}
        """);
    LlamaReport report = inspect();
    assertThat(report.usable()).isFalse();
    assertThat(report.dtype()).isNull();
    assertThat(report.sha256()).isNull();
    assertThat(report.problems()).hasSize(1);
    assertThat(report.problems().get(0)).contains("missing: model-00002-of-00002.safetensors");

    Files.delete(folder.resolve("model.safetensors.index.json"));
    Files.copy(first, folder.resolve("model-00002-of-00002.safetensors"));
    assertThat(inspect().problems().get(0))
        .contains("not their index, *.safetensors.index.json. Download it");
  }

  @Test
  void aTokenizerThatIsDamagedOrAnotherModelsIsAProblemOfTextsOnly() throws IOException {
    random().with("vocab_size", 800).write(folder, TensorType.F32, 1);
    addTokenizer();
    LlamaReport other = inspect();
    assertThat(other.usable()).isTrue();
    assertThat(other.tokenizer()).isNotNull();
    assertThat(other.problems()).hasSize(1);
    assertThat(other.problems().get(0)).contains("knows 700 tokens, the model in config.json 800");

    Files.writeString(folder.resolve("tokenizer.json"), "{\"model\":\n {\"vocab\"");
    LlamaReport damaged = inspect();
    assertThat(damaged.usable()).isTrue();
    assertThat(damaged.seconds()).isNotNull();
    assertThat(damaged.tokenizer()).isNull();
    assertThat(damaged.problems().get(0)).contains("tokenizer.json", "line 2").doesNotContain("\n");
  }

  @Test
  void weightsThatGiveNoNumbersAreFound() throws IOException {
    random().write(folder, TensorType.F32, 1);
    Path file = folder.resolve("model.safetensors");
    ByteBuffer bytes = ByteBuffer.wrap(Files.readAllBytes(file)).order(ByteOrder.LITTLE_ENDIAN);
    bytes.position(Math.toIntExact(Long.BYTES + bytes.getLong(0)));
    while (bytes.hasRemaining()) {
      bytes.putFloat(Float.NaN);
    }
    Files.write(file, bytes.array());
    LlamaReport report = inspect();

    assertThat(report.usable()).isFalse();
    assertThat(report.problems().get(0)).contains("NaN or infinite");
  }

  @Test
  void impossibleNumbersAreRefusedBeforeTheyTakeMemory() throws IOException {
    random().with("num_hidden_layers", 16_000_000).writeConfig(folder);
    LlamaReport report = inspect();

    assertThat(report.usable()).isFalse();
    assertThat(report.parameters()).isNull();
    assertThat(report.problems().get(0)).contains("num_hidden_layers 16000000");
    assertThat(report.problems()).anyMatch(problem -> problem.contains("has no weights"));

    Files.writeString(folder.resolve("config.json"), "{\"a\":");
    assertThatThrownBy(this::inspect)
        .isInstanceOf(CapbenchException.class)
        .hasMessageContaining("config.json is not JSON");
  }

  private LlamaReport inspect() {
    return new LlamaInspection(folder, DeviceChoice.CPU, cache, JobContext.unwatched()).run();
  }

  private static RandomLlama random() {
    return new RandomLlama().with("vocab_size", 700);
  }

  private void addTokenizer() throws IOException {
    try {
      Path golden =
          Path.of(
              Objects.requireNonNull(
                      LlamaInspectionTest.class.getResource("/golden/llama_tokenizer/own_vocab"))
                  .toURI());
      Files.copy(golden.resolve("tokenizer.json"), folder.resolve("tokenizer.json"));
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }
}
