package io.capbench.engine.llama;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import io.capbench.engine.decode.DecodingOptions;
import io.capbench.engine.decode.Hypothesis;
import io.capbench.engine.decode.Scoring;
import io.capbench.engine.decode.SharedBatch;
import io.capbench.engine.torch.DeviceChoice;
import io.capbench.storage.job.JobContext;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/** Every recorded run of transformers' generate comes out the same, token by token. */
@Tag("computes")
final class GenerationGoldenTest {
  private static final Map<Path, LlamaModel> MODELS = new HashMap<>();

  @TempDir private static Path cache;

  @AfterAll
  static void stop() {
    MODELS.values().forEach(LlamaModel::close);
  }

  @TestFactory
  List<DynamicTest> everyRunGivesTheOriginalsSequencesAndScores() throws IOException {
    List<DynamicTest> tests = new ArrayList<>();
    for (String name : List.of("llama_mha", "llama_gqa")) {
      try (GoldenModel golden = new GoldenModel(name)) {
        for (JsonNode recorded : golden.generation().path("cases")) {
          String set = "case" + recorded.path("case").asInt();
          recorded
              .properties()
              .forEach(
                  run ->
                      run.getValue()
                          .properties()
                          .forEach(
                              result ->
                                  tests.addAll(
                                      tests(
                                          golden,
                                          set,
                                          run.getKey(),
                                          result.getKey(),
                                          result.getValue()))));
        }
        golden
            .generation()
            .path("bf16_f32_compute_case0")
            .properties()
            .forEach(
                version ->
                    version
                        .getValue()
                        .properties()
                        .forEach(
                            run ->
                                tests.addAll(
                                    rounded(
                                        golden, run.getKey(), version.getKey(), run.getValue()))));
      }
    }
    assertThat(tests).hasSizeGreaterThan(80);
    return tests;
  }

  private static List<DynamicTest> tests(
      GoldenModel golden, String set, String run, String version, JsonNode result) {
    List<List<Integer>> rows = golden.rows(set);
    Path folder = golden.folder();
    if (result.isArray()) {
      return IntStream.range(0, rows.size())
          .mapToObj(
              row ->
                  new Run(folder, List.of(rows.get(row)), rows.get(row).size(), result.get(row))
                      .test(run + " of row " + row, version))
          .toList();
    }
    return List.of(new Run(folder, rows, golden.width(set), result).test(set + " " + run, version));
  }

  private static List<DynamicTest> rounded(
      GoldenModel golden, String run, String version, JsonNode result) {
    Path folder = golden.folder().resolve("bf16");
    Run rounded = new Run(folder, golden.rows("case0"), golden.width("case0"), result);
    return List.of(rounded.test("bf16 " + run, version));
  }

  private record Run(Path folder, List<List<Integer>> rows, int width, JsonNode result) {

    DynamicTest test(String name, String version) {
      return DynamicTest.dynamicTest(
          folder.getFileName() + " " + name + " " + version,
          () -> {
            DecodingOptions options = options(name, version);
            assertRun(options, new DecoderLimits(rows.size(), width, 1), true);
            assertRun(options, new DecoderLimits(3, width, rows.size()), false);
          });
    }

    private DecodingOptions options(String name, String version) {
      JsonNode kwargs = result.path("kwargs");
      return new DecodingOptions(
          kwargs.path("num_beams").asInt(name.contains("beam3") ? 3 : 1),
          kwargs.path("max_new_tokens").asInt(20),
          version.equals("hf447") ? Scoring.HF447 : Scoring.HF428,
          kwargs.path("length_penalty").asDouble(1),
          kwargs.path("early_stopping").asBoolean(false),
          kwargs.path("num_return_sequences").asInt(1),
          List.of(2));
    }

    private void assertRun(DecodingOptions options, DecoderLimits limits, boolean together) {
      SharedBatch batch = together ? new SharedBatch(rows.size(), 1) : null;
      List<Prompt> prompts =
          IntStream.range(0, rows.size())
              .mapToObj(i -> new Prompt(i, rows.get(i), width, batch))
              .toList();
      List<List<Hypothesis>> found = new ArrayList<>(rows.size());
      Stream.generate(List::<Hypothesis>of).limit(rows.size()).forEach(found::add);
      LlamaModel model =
          MODELS.computeIfAbsent(
              folder,
              f ->
                  new LlamaLoader(cache)
                      .load(f, DeviceChoice.CPU, Precision.F32, JobContext.unwatched()));
      try (LlamaDecoder decoder = new LlamaDecoder(model, options, limits)) {
        decoder.decode(prompts.iterator(), found::set, JobContext.unwatched());
      }

      JsonNode sequences = result.path("sequences");
      JsonNode scores = result.path("sequences_scores");
      assertThat(sequences).hasSize(rows.size() * options.returned());
      for (int i = 0; i < sequences.size(); i++) {
        Hypothesis hypothesis = found.get(i / options.returned()).get(i % options.returned());
        assertThat(padded(hypothesis.tokens(), i, options)).isEqualTo(tokens(sequences.get(i)));
        if (options.beams() > 1) {
          assertThat(hypothesis.score()).isCloseTo(scores.get(i).asDouble(), within(1e-4));
        }
      }
    }

    private List<Integer> padded(List<Integer> generated, int sequence, DecodingOptions options) {
      List<Integer> row = rows.get(sequence / options.returned());
      List<Integer> all = new ArrayList<>();
      int padding = result.path("kwargs").path("pad_token_id").asInt(0);
      for (int i = row.size(); i < width; i++) {
        all.add(0);
      }
      all.addAll(row);
      all.addAll(generated);
      while (all.size() < result.path("sequences").get(sequence).size()) {
        all.add(padding);
      }
      return all;
    }

    private static List<Integer> tokens(JsonNode sequence) {
      Integer[] tokens = new Integer[sequence.size()];
      Arrays.setAll(tokens, i -> sequence.get(i).asInt());
      return List.of(tokens);
    }
  }
}
