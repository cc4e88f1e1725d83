package io.capbench.app.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.capbench.app.cli.Cli.Result;
import io.capbench.engine.bench.RandomClip;
import io.capbench.engine.weights.Checkpoint;
import io.capbench.engine.weights.SafetensorsWriter;
import io.capbench.engine.weights.TensorInfo;
import io.capbench.engine.weights.TensorType;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Checking and running models from the command line. */
class ModelsRunCommandTest {
  private static final RandomClip TINY = new RandomClip(32, 32, 8, 64, 2, 64, 1, 50);

  @TempDir Path folder;
  private Cli cli;
  private Path model;

  @BeforeEach
  void makeModel() {
    cli = new Cli(folder.resolve("home"));
    model = folder.resolve("tiny");
    TINY.write(model);
  }

  @Test
  void checkPrintsEveryFieldThatScriptsRead() throws Exception {
    Result result = cli.run("models", "check", model, "--device", "cpu", "--json");

    assertThat(result.code()).as(result.err()).isZero();
    JsonNode json = result.json();
    assertThat(Cli.fields(json))
        .contains(
            "architecture",
            "parameters",
            "dtype",
            "layers",
            "width",
            "tokenizer",
            "sha256",
            "device",
            "problems");
    assertThat(json.path("architecture").textValue()).isEqualTo("CLIP ViT-64x2/8-32");
    assertThat(json.path("dtype").textValue()).isEqualTo("F32");
    assertThat(json.path("layers").intValue()).isEqualTo(2);
    assertThat(json.path("width").intValue()).isEqualTo(64);
    assertThat(json.path("parameters").longValue()).isEqualTo(TINY.bytes() / Float.BYTES);
    assertThat(json.path("sha256").textValue()).hasSize(64);
    assertThat(json.path("device").textValue()).isEqualTo("cpu");
    assertThat(json.path("tokenizer").isNull()).isTrue();
    assertThat(json.path("problems").toString()).contains("tokenizer");
  }

  @Test
  void checkSaysItInWordsToo() {
    Result result = cli.run("models", "check", model);

    assertThat(result.code()).as(result.err()).isZero();
    assertThat(result.out()).contains("CLIP ViT-64x2/8-32", "patches of 8", "note: ");
  }

  @Test
  void checkOfWhatIsNoModelFailsInPlainWords() throws Exception {
    Path broken = Files.createDirectory(folder.resolve("broken"));
    Files.writeString(broken.resolve("model.safetensors"), "not weights");

    Result result = cli.run("models", "check", broken);

    assertThat(result.code()).isEqualTo(1);
    assertThat(result.out()).isEmpty();
    assertThat(result.err()).contains("model.safetensors").doesNotContain("Exception");
  }

  @Test
  void runWritesTensorsWithMapsAndGrouping() {
    Path out = folder.resolve("out.safetensors");

    Result result =
        cli.run(
            "models",
            "run",
            model,
            "--inputs",
            inputs(),
            "--out",
            out,
            "--explain",
            "--grouping",
            "null");

    assertThat(result.code()).as(result.err()).isZero();
    try (Checkpoint tensors = Checkpoint.open(out)) {
      assertThat(tensors.info("image_features").shape()).containsExactly(2L, 32L);
      assertThat(tensors.info("local_tokens").shape()).containsExactly(2L, 16L, 64L);
      assertThat(tensors.info("text_features_norm").shape()).containsExactly(3L, 32L);
      assertThat(tensors.info("logits_per_image").shape()).containsExactly(2L, 3L);
      assertThat(tensors.info("image1.all.relevance").shape()).containsExactly(3L, 16L);
      assertThat(tensors.info("image0.last.relevance").shape()).containsExactly(3L, 16L);
      assertThat(tensors.info("image1.attention_rollout").shape()).containsExactly(16L);
      assertThat(tensors.info("image0.attention_cls_last").shape()).containsExactly(16L);
      assertThat(tensors.info("image1.weights").shape()).containsExactly(3L, 16L);
    }
  }

  @Test
  void clipComputesWithSinglePrecisionOnly() {
    Result result =
        cli.run(
            "models",
            "run",
            model,
            "--inputs",
            inputs(),
            "--out",
            folder.resolve("out"),
            "--compute",
            "bf16");

    assertThat(result.code()).isEqualTo(1);
    assertThat(result.err()).contains("CLIP models compute with f32 only, not with bf16");
  }

  @Test
  void runNeedsInputsAndAPlaceForResults() {
    assertThat(cli.run("models", "run", model).code()).isEqualTo(2);
    assertThat(
            cli.run(
                    "models",
                    "run",
                    model,
                    "--inputs",
                    folder.resolve("none.safetensors"),
                    "--out",
                    folder.resolve("out"))
                .err())
        .contains("none.safetensors is not there");
  }

  /** Two images and three captions of zeros. */
  private Path inputs() {
    Path file = folder.resolve("in.safetensors");
    SafetensorsWriter.write(
        file,
        List.of(
            new TensorInfo("pixel_values", TensorType.F32, List.of(2L, 3L, 32L, 32L)),
            new TensorInfo("token_ids", TensorType.I32, List.of(3L, 77L))),
        info -> ByteBuffer.allocate((int) info.byteLength()));
    return file;
  }
}
