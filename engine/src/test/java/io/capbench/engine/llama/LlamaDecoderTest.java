package io.capbench.engine.llama;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.capbench.engine.decode.DecodingOptions;
import io.capbench.engine.decode.Hypothesis;
import io.capbench.engine.decode.Scoring;
import io.capbench.engine.torch.DeviceChoice;
import io.capbench.engine.weights.TensorType;
import io.capbench.storage.job.ForegroundContext;
import io.capbench.storage.job.JobContext;
import io.capbench.storage.model.CapbenchException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Random;
import java.util.concurrent.CancellationException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** However rows are put together, each becomes what it becomes alone. */
@Tag("computes")
final class LlamaDecoderTest {
  private static LlamaModel model;
  @TempDir private static Path folder;
  @TempDir private static Path cache;

  @BeforeAll
  static void start() throws IOException {
    new RandomLlama().write(folder, TensorType.F32, 1);
    model =
        new LlamaLoader(cache)
            .load(folder, DeviceChoice.CPU, Precision.STORED, JobContext.unwatched());
  }

  @AfterAll
  static void stop() {
    model.close();
  }

  @ParameterizedTest
  @CsvSource({"1, 1, 1", "1, 5, 30", "3, 1, 1", "3, 2, 30", "3, 7, 4", "4, 30, 30"})
  void aRowBecomesTheSameInAnyCompany(int beams, int rows, int lookAhead) {
    DecodingOptions options = beams(beams);
    Map<Integer, List<Hypothesis>> together = new HashMap<>();
    List<Prompt> prompts = prompts(30);
    try (LlamaDecoder decoder =
        new LlamaDecoder(model, options, new DecoderLimits(rows, 60, lookAhead))) {
      decoder.decode(prompts.iterator(), together::put, JobContext.unwatched());
      assertThat(together).hasSize(prompts.size());
      decoder.decode(prompts.iterator(), together::put, JobContext.unwatched());
    }

    for (Prompt prompt : prompts) {
      try (LlamaDecoder decoder = new LlamaDecoder(model, options, new DecoderLimits(1, 60, 1))) {
        List<Hypothesis> alone = decoder.decode(prompt, JobContext.unwatched());
        assertSame(together.get(prompt.id()), alone);
      }
    }
  }

  @Test
  void theLastTokenOfEachStepIsTheMostProbableOfTheTextSoFar() {
    Prompt prompt = prompts(3).get(2);
    try (LlamaDecoder decoder =
        new LlamaDecoder(
            model, DecodingOptions.greedy(6, List.of()), new DecoderLimits(1, 60, 1))) {
      List<Integer> text = new ArrayList<>(prompt.tokens());
      for (int token : decoder.decode(prompt, JobContext.unwatched()).get(0).tokens()) {
        float[] logits = new PromptLogits(model).of(text);
        int best = logits.length - 50;
        for (int i = best; i < logits.length; i++) {
          best = logits[i] > logits[best] ? i : best;
        }
        assertThat(token).isEqualTo(best - (logits.length - 50));
        text.add(token);
      }
    }
  }

  @Test
  void promptsAreTakenOnlyAsRowsBecomeFreeAndGrowthIsTold() {
    List<Prompt> prompts = prompts(12);
    List<String> said = new ArrayList<>();
    Iterator<Prompt> source =
        new Iterator<>() {
          private int next;

          @Override
          public boolean hasNext() {
            return next < prompts.size();
          }

          @Override
          public Prompt next() {
            said.add("take " + next);
            return prompts.get(next++);
          }
        };
    Map<Integer, Integer> grown = new HashMap<>();
    DecodingListener listener =
        new DecodingListener() {
          @Override
          public void grown(int id, List<Integer> tokens) {
            assertThat(tokens).hasSize(grown.merge(id, 1, Integer::sum));
          }

          @Override
          public void finished(int id, List<Hypothesis> results) {
            said.add("done " + id);
            assertThat(results.get(0).tokens()).hasSize(grown.get(id));
          }
        };
    try (LlamaDecoder decoder =
        new LlamaDecoder(
            model, DecodingOptions.greedy(5, List.of()), new DecoderLimits(2, 60, 1))) {
      decoder.decode(source, listener, JobContext.unwatched());
    }

    assertThat(said).hasSize(24);
    assertThat(said.indexOf("take 6")).isGreaterThan(said.indexOf("done 0"));
  }

  @Test
  void cancellingEndsBetweenStepsAndTheDecoderGoesOnToWork() {
    List<Prompt> prompts = prompts(3);
    ForegroundContext context = new ForegroundContext(progress -> {});
    try (LlamaDecoder decoder = new LlamaDecoder(model, beams(3), new DecoderLimits(2, 60, 1))) {
      List<Integer> finished = new ArrayList<>();
      DecodingListener listener =
          new DecodingListener() {
            @Override
            public void grown(int id, List<Integer> tokens) {
              if (tokens.size() == 2) {
                context.cancel();
              }
            }

            @Override
            public void finished(int id, List<Hypothesis> results) {
              finished.add(id);
            }
          };
      assertThatThrownBy(() -> decoder.decode(prompts.iterator(), listener, context))
          .isInstanceOf(CancellationException.class);
      assertThat(finished).isEmpty();

      List<Hypothesis> after = decoder.decode(prompts.get(0), JobContext.unwatched());
      try (LlamaDecoder fresh = new LlamaDecoder(model, beams(3), new DecoderLimits(1, 60, 1))) {
        assertSame(after, fresh.decode(prompts.get(0), JobContext.unwatched()));
      }
    }
  }

  @Test
  void promptsThatDoNotFitAreRefused() {
    try (LlamaDecoder decoder = new LlamaDecoder(model, beams(1), new DecoderLimits(1, 4, 1))) {
      assertThatThrownBy(
              () ->
                  decoder.decode(new Prompt(0, List.of(1, 2, 3, 4, 5), 5), JobContext.unwatched()))
          .isInstanceOf(CapbenchException.class)
          .hasMessageContaining("5 tokens; there is room for 4");
      assertThatThrownBy(
              () -> decoder.decode(new Prompt(0, List.of(1, 50), 2), JobContext.unwatched()))
          .isInstanceOf(CapbenchException.class)
          .hasMessageContaining("the token 50; the model knows 0 to 49");
    }
    assertThatThrownBy(() -> new Prompt(0, List.of(), 4))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new DecoderLimits(0, 4, 1))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void aPromptLongerThanOneStepIsComputedInParts() {
    Random random = new Random(4);
    List<Integer> text = random.ints(2500, 3, 50).boxed().toList();
    Prompt prompt = new Prompt(0, text, 2500);
    try (LlamaDecoder decoder =
        new LlamaDecoder(
            model, DecodingOptions.greedy(1, List.of()), new DecoderLimits(1, 2500, 1))) {
      int token = decoder.decode(prompt, JobContext.unwatched()).get(0).tokens().get(0);

      float[] logits = new PromptLogits(model).of(text);
      float best = Float.NEGATIVE_INFINITY;
      for (int i = logits.length - 50; i < logits.length; i++) {
        best = Math.max(best, logits[i]);
      }
      assertThat(logits[logits.length - 50 + token]).isCloseTo(best, within(1e-4f));
    }
  }

  private static DecodingOptions beams(int beams) {
    return new DecodingOptions(beams, 12, Scoring.HF447, 1, false, beams, List.of(2, 3, 4));
  }

  private static void assertSame(List<Hypothesis> actual, List<Hypothesis> wanted) {
    assertThat(actual).hasSameSizeAs(wanted);
    for (int i = 0; i < wanted.size(); i++) {
      assertThat(actual.get(i).tokens()).isEqualTo(wanted.get(i).tokens());
      assertThat(actual.get(i).finish()).isEqualTo(wanted.get(i).finish());
      if (wanted.get(i).score() != null) {
        assertThat(actual.get(i).score()).isCloseTo(wanted.get(i).score(), within(1e-4));
      }
    }
  }

  /** Prompts of any length up to 60, of which many begin alike, and some are the same. */
  private static List<Prompt> prompts(int n) {
    Random random = new Random(2);
    List<Integer> beginning = random.ints(40, 3, 50).boxed().toList();
    List<Prompt> prompts = new ArrayList<>();
    for (int id = 0; id < n; id++) {
      List<Integer> tokens = new ArrayList<>(beginning.subList(0, random.nextInt(41)));
      random.ints(random.nextInt(20), 3, 50).forEach(tokens::add);
      tokens.add(5);
      prompts.add(new Prompt(id, id % 7 == 6 ? prompts.get(id - 1).tokens() : tokens, 61));
    }
    return prompts;
  }

  @Test
  void asManyRowsAsSuitTheMemory() {
    OptionalLong memory = OptionalLong.of(24_000);

    assertThat(LlamaDecoder.suitableRows(10, memory, 4_000)).isEqualTo(32);
    assertThat(LlamaDecoder.suitableRows(500, memory, 4_000)).isEqualTo(10);
    assertThat(LlamaDecoder.suitableRows(9_000, memory, 4_000)).isEqualTo(1);
    assertThat(LlamaDecoder.suitableRows(500, OptionalLong.empty(), 4_000)).isEqualTo(8);
  }
}
