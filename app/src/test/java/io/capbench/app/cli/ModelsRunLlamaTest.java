package io.capbench.app.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.capbench.app.cli.Cli.Result;
import io.capbench.engine.llama.RandomLlama;
import io.capbench.engine.weights.Checkpoint;
import io.capbench.engine.weights.SafetensorsWriter;
import io.capbench.engine.weights.TensorInfo;
import io.capbench.engine.weights.TensorType;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ModelsRunLlamaTest {
  @TempDir Path folder;
  private Cli cli;
  private Path model;
  private Path out;

  @BeforeEach
  void make() throws IOException {
    cli = new Cli(folder.resolve("home"));
    model = Files.createDirectory(folder.resolve("model"));
    out = folder.resolve("out.safetensors");
    configure("LlamaForCausalLM").write(model, TensorType.F32, 1);
    TensorInfo ids = new TensorInfo("input_ids", TensorType.I64, List.of(2L, 3L));
    SafetensorsWriter.write(inputs(), List.of(ids), info -> numbers(info));
  }

  @Test
  void aLlamaModelContinuesRows() {
    Result logits = run();
    assertThat(logits.code()).isZero();
    assertThat(logits.err()).contains("Wrote " + out);
    assertThat(shapes()).containsExactly("logits [2, 3, 20]");

    for (String compute : List.of("f32", "bf16", "int8")) {
      assertThat(run("--generate", "--max-new", "1", "--compute", compute).code()).isZero();
      assertThat(shapes()).containsExactly("sequences [2, 4]", "logits [2, 3, 20]");
    }
    run(
        "--generate",
        "--beams",
        "2",
        "--max-new",
        "1",
        "--scoring",
        "hf447",
        "--length-penalty",
        "0.5",
        "--early-stopping");
    assertThat(shapes())
        .containsExactly("sequences [2, 4]", "sequences_scores [2]", "logits [2, 3, 20]");
  }

  @Test
  void checkPrintsEveryFieldThatScriptsReadAndWhatIsWrong() throws IOException {
    Result sound = cli.run("models", "check", model, "--json");
    assertThat(sound.code()).as(sound.err()).isZero();
    JsonNode json = sound.json();
    List<String> fields =
        List.of(
            "architecture",
            "parameters",
            "dtype",
            "layers",
            "width",
            "tokenizer",
            "sha256",
            "device",
            "problems",
            "memory");
    assertThat(Cli.fields(json)).containsAll(fields);
    assertThat(json.path("architecture").textValue()).isEqualTo("LlamaForCausalLM");
    assertThat(json.path("parameters").longValue()).isEqualTo(20 * 16 + 4 * 256 + 3 * 384 + 48);
    assertThat(json.path("dtype").textValue()).isEqualTo("F32");
    assertThat(json.path("layers").intValue()).isEqualTo(1);
    assertThat(json.path("width").intValue()).isEqualTo(16);
    assertThat(json.path("tokenizer").isNull()).isTrue();
    assertThat(json.path("problems").toString()).contains("no tokenizer.json");
    assertThat(json.at("/memory/3/precision").textValue()).isEqualTo("int8");
    assertThat(json.at("/memory/3/bytes").longValue()).isPositive();
    assertThat(cli.run("models", "check", model).out())
        .contains("LlamaForCausalLM", "1, 16 wide", "int8 0.5 GB", "note: ");

    configure("MistralForCausalLM");
    Result other = cli.run("models", "check", model, "--json");
    assertThat(other.code()).isEqualTo(ExitCode.FAILED);
    assertThat(Cli.fields(other.json())).containsAll(fields);
    assertThat(other.json().path("problems").get(0).textValue()).contains("MistralForCausalLM");
    assertThat(other.json().path("usable").booleanValue()).isFalse();
    assertThat(other.err()).contains("MistralForCausalLM");
    assertThat(cli.run("models", "check", model).code()).isEqualTo(ExitCode.FAILED);
  }

  @Test
  void whatDoesNotGoTogetherIsRefused() throws IOException {
    refused("is a language model; --explain and --grouping are for CLIP", "--explain");
    misused("no scoring \"hf1\". Choose hf428 or hf447", "--generate", "--scoring", "hf1");
    misused("no precision \"f8\"", "--compute", "f8");
    configure("MistralForCausalLM");
    refused("the architecture MistralForCausalLM; Capbench runs LlamaForCausalLM");
    configure("GPT2LMHeadModel");
    refused("the architecture GPT2LMHeadModel; Capbench runs LlamaForCausalLM");
    Files.delete(model.resolve("config.json"));
    refused("is no language model (LLaMA); leave --generate out", "--generate");
    assertThat(out).doesNotExist();
  }

  private void refused(String message, String... more) {
    ends(ExitCode.FAILED, message, more);
  }

  private void misused(String message, String... more) {
    ends(ExitCode.USAGE, message, more);
  }

  private void ends(int code, String message, String... more) {
    Result result = run(more);
    assertThat(result.code()).isEqualTo(code);
    assertThat(result.err()).contains(message);
  }

  private Result run(String... more) {
    List<String> arguments = new ArrayList<>(List.of("models", "run", model.toString()));
    arguments.addAll(List.of("--inputs", inputs().toString(), "--out", out.toString()));
    arguments.addAll(List.of(more));
    return cli.run(arguments.toArray());
  }

  private List<String> shapes() {
    try (Checkpoint results = Checkpoint.open(out)) {
      return results.tensors().stream().map(info -> info.name() + " " + info.shape()).toList();
    }
  }

  private Path inputs() {
    return folder.resolve("in.safetensors");
  }

  private RandomLlama configure(String architecture) throws IOException {
    return new RandomLlama()
        .with("architectures", "[\"" + architecture + "\"]")
        .with("hidden_size", 16)
        .with("num_hidden_layers", 1)
        .with("num_attention_heads", 2)
        .with("intermediate_size", 24)
        .with("vocab_size", 20)
        .with("tie_word_embeddings", true)
        .writeConfig(model);
  }

  private static ByteBuffer numbers(TensorInfo info) {
    Random random = new Random(1);
    ByteBuffer bytes = ByteBuffer.allocate((int) info.byteLength()).order(ByteOrder.LITTLE_ENDIAN);
    while (bytes.hasRemaining()) {
      bytes.putLong(3 + random.nextInt(17));
    }
    return bytes.flip();
  }
}
