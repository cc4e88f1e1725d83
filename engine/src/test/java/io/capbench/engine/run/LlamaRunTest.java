package io.capbench.engine.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.capbench.engine.decode.DecodingOptions;
import io.capbench.engine.decode.Scoring;
import io.capbench.engine.golden.GoldenFiles;
import io.capbench.engine.llama.LlamaLoader;
import io.capbench.engine.llama.LlamaModel;
import io.capbench.engine.llama.Precision;
import io.capbench.engine.torch.DeviceChoice;
import io.capbench.engine.weights.TensorInfo;
import io.capbench.engine.weights.TensorType;
import io.capbench.storage.job.ForegroundContext;
import io.capbench.storage.job.JobContext;
import io.capbench.storage.model.CapbenchException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.LongBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CancellationException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a run writes is what transformers gave. */
final class LlamaRunTest {
  private static final DecodingOptions BEAMS =
      new DecodingOptions(3, 20, Scoring.HF428, 1, false, 1, List.of(2));

  @TempDir private Path folder;

  @ParameterizedTest
  @CsvSource({"llama_mha, case0", "llama_mha, case4", "llama_gqa, case3"})
  void writesTheLogitsOfEveryTokenThatIsNotHidden(String model, String set) {
    Path inputs = inputs(model, set, true);

    Path out = run(model, inputs, null);

    try (TensorFile got = new TensorFile(out);
        TensorFile given = new TensorFile(inputs);
        TensorFile wanted = new TensorFile(GoldenFiles.path(model + "/expected.safetensors"))) {
      assertThat(got.names()).containsExactly("logits");
      assertThat(got.info("logits").shape()).isEqualTo(wanted.info(set + ".logits").shape());
      float[] expected = wanted.floats(set + ".logits");
      float[] actual = got.floats("logits");
      LongBuffer mask = given.bytes("attention_mask").asLongBuffer();
      int vocabulary = got.info("logits").shape().get(2).intValue();
      for (int i = 0; i < expected.length; i++) {
        if (mask.get(i / vocabulary) == 0) {
          assertThat(actual[i]).isZero();
        } else {
          assertThat(Math.abs(actual[i] - expected[i])).isLessThan(5e-5f);
        }
      }
    }
  }

  @ParameterizedTest
  @CsvSource({
    "llama_mha, 0, greedy, hf428",
    "llama_mha, 3, beam3, hf428",
    "llama_mha, 4, beam3, hf428",
    "llama_gqa, 3, beam3, hf447"
  })
  void writesWhatIsGenerated(String model, int number, String search, String scoring)
      throws IOException {
    JsonNode wanted =
        new ObjectMapper()
            .readTree(Files.readString(GoldenFiles.path(model + "/generation.json")))
            .path("cases")
            .path(number)
            .path(search)
            .path(scoring);
    boolean greedy = search.equals("greedy");
    DecodingOptions options =
        new DecodingOptions(greedy ? 1 : 3, 20, Scoring.of(scoring), 1, false, 1, List.of(2));

    Path out = run(model, inputs(model, "case" + number, true), options);

    try (TensorFile got = new TensorFile(out)) {
      assertThat(got.info("sequences").type()).isEqualTo(TensorType.I64);
      assertThat(got.info("sequences").shape())
          .containsExactly(
              (long) wanted.path("sequences").size(),
              (long) wanted.path("sequences").path(0).size());
      List<Long> expected = new ArrayList<>();
      wanted.path("sequences").forEach(row -> row.forEach(token -> expected.add(token.asLong())));
      List<Long> actual = new ArrayList<>();
      LongBuffer sequences = got.bytes("sequences").asLongBuffer();
      while (sequences.hasRemaining()) {
        actual.add(sequences.get());
      }
      assertThat(actual).isEqualTo(expected);
      assertThat(got.names().contains("sequences_scores")).isEqualTo(!greedy);
      for (int i = 0; !greedy && i < wanted.path("sequences").size(); i++) {
        double score = wanted.path("sequences_scores").path(i).asDouble();
        assertThat(Math.abs(got.floats("sequences_scores")[i] - score)).isLessThan(1e-4);
      }
    }
  }

  @Test
  void withoutAMaskNothingIsHidden() {
    Path out = run("llama_gqa", inputs("llama_gqa", "case0", false), null);

    try (TensorFile got = new TensorFile(out)) {
      assertThat(got.floats("logits")).doesNotContain(0f);
    }
  }

  @Test
  void givenTensorsThatDoNotFitAreRefused() {
    Path out = folder.resolve("out.safetensors");
    refused(row("input_ids", TensorType.I64, 1, 1, 500), "row 0", "token 500", "0 to 159");
    refused(row("input_ids", TensorType.I64, 1, 1, -1), "token -1");
    refused(row("input_ids", TensorType.F32, 1, 1, 1), "input_ids is F32", "whole numbers");
    refused(row("ids", TensorType.I64, 1, 1, 1), "has no input_ids", "[ids]");
    Map<TensorInfo, ByteBuffer> hidden = row("input_ids", TensorType.I64, 1, 2, 5, 6);
    hidden.putAll(row("attention_mask", TensorType.I64, 1, 2, 0, 0));
    refused(hidden, "hides all tokens of row 0");
    Map<TensorInfo, ByteBuffer> other = row("input_ids", TensorType.I64, 1, 2, 5, 6);
    other.putAll(row("attention_mask", TensorType.I64, 2, 1, 1, 1));
    refused(other, "attention_mask", "[1, 2]");
    Map<TensorInfo, ByteBuffer> right = row("input_ids", TensorType.I64, 1, 2, 5, 6);
    right.putAll(row("attention_mask", TensorType.I64, 1, 2, 1, 0));
    refused(right, "row 0", "pad rows on the left");
    assertThat(out).doesNotExist();
  }

  @Test
  void aRunThatIsCancelledWritesNothing() {
    ForegroundContext context = new ForegroundContext(progress -> {});
    context.cancel();
    Path out = folder.resolve("out.safetensors");

    try (LlamaModel model = load("llama_mha")) {
      assertThatThrownBy(
              () ->
                  new LlamaRun(model, BEAMS).run(inputs("llama_mha", "case0", true), out, context))
          .isInstanceOf(CancellationException.class);
    }
    assertThat(out).doesNotExist();
  }

  private void refused(Map<TensorInfo, ByteBuffer> tensors, String... message) {
    Path inputs = TensorFile.write(folder.resolve("bad.safetensors"), tensors);
    assertThatThrownBy(() -> run("llama_mha", inputs, BEAMS))
        .isInstanceOf(CapbenchException.class)
        .hasMessageContainingAll(message)
        .hasMessageContaining(inputs.toString());
  }

  private Path run(String model, Path inputs, @Nullable DecodingOptions options) {
    Path out = folder.resolve("out.safetensors");
    try (LlamaModel loaded = load(model)) {
      new LlamaRun(loaded, options).run(inputs, out, JobContext.unwatched());
    }
    return out;
  }

  private LlamaModel load(String name) {
    return new LlamaLoader(folder)
        .load(GoldenFiles.path(name), DeviceChoice.CPU, Precision.F32, JobContext.unwatched());
  }

  private Path inputs(String model, String set, boolean masked) {
    Map<TensorInfo, ByteBuffer> tensors = TensorFile.none();
    try (TensorFile all = new TensorFile(GoldenFiles.path(model + "/inputs.safetensors"))) {
      for (String name : List.of("input_ids", "attention_mask")) {
        TensorInfo info = all.info(set + "." + name);
        if (masked || name.equals("input_ids")) {
          tensors.put(new TensorInfo(name, info.type(), info.shape()), all.bytes(info.name()));
        }
      }
    }
    return TensorFile.write(folder.resolve("in.safetensors"), tensors);
  }

  private static Map<TensorInfo, ByteBuffer> row(
      String name, TensorType type, long rows, long columns, int... values) {
    Map<TensorInfo, ByteBuffer> tensors = TensorFile.none();
    TensorInfo info = TensorFile.named(name, type, rows, columns);
    ByteBuffer bytes = ByteBuffer.allocate((int) info.byteLength()).order(ByteOrder.LITTLE_ENDIAN);
    for (int value : values) {
      if (type == TensorType.I64) {
        bytes.putLong(value);
      } else {
        bytes.putFloat(value);
      }
    }
    tensors.put(info, bytes.flip());
    return tensors;
  }
}
