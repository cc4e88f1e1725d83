package io.capbench.engine.bench;

import static org.assertj.core.api.Assertions.assertThat;

import io.capbench.engine.bench.FusionComparison.Generated;
import io.capbench.engine.llama.LlamaLoader;
import io.capbench.engine.llama.LlamaModel;
import io.capbench.engine.llama.Precision;
import io.capbench.engine.llama.Prompt;
import io.capbench.engine.torch.DeviceChoice;
import io.capbench.storage.job.JobContext;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FusionComparisonTest {
  private final JobContext context = JobContext.unwatched();

  @TempDir Path folder;

  private LlamaModel load() {
    RandomLlama.SMALL.write(folder);
    return new LlamaLoader(folder.resolve("cache"))
        .load(folder, DeviceChoice.CPU, Precision.F32, context);
  }

  @Test
  void bothWaysGiveTheSameTokensWhateverEndsEarlierOrLater() {
    try (LlamaModel model = load()) {
      FusionComparison comparison = new FusionComparison(model, 3);
      List<Prompt> prompts = comparison.prompts(10);

      Generated own = comparison.own(prompts, context);
      Generated padded = comparison.padded(prompts, context);

      assertThat(padded.sequences()).isEqualTo(own.sequences());
      assertThat(own.same(padded)).isEqualTo(10);
      Set<Integer> lengths = own.sequences().stream().map(List::size).collect(Collectors.toSet());
      assertThat(lengths).as("rows of a batch end at different times").hasSizeGreaterThan(2);
      assertThat(own.tokens()).isEqualTo(own.sequences().stream().mapToInt(List::size).sum());
    }
  }

  @Test
  void promptsHaveTheirInstructionInCommonAndDifferentLengths() {
    try (LlamaModel model = load()) {
      List<Prompt> prompts = new FusionComparison(model, 1).prompts(64);

      assertThat(prompts)
          .map(prompt -> prompt.tokens().subList(0, 110))
          .containsOnly(prompts.get(0).tokens().subList(0, 110));
      assertThat(prompts).map(prompt -> prompt.tokens().size()).allMatch(n -> n <= 256);
      assertThat(prompts.stream().map(prompt -> prompt.tokens().size()).distinct().count())
          .isGreaterThan(20);
    }
  }

  @Test
  void aDifferenceIsCounted() {
    Generated one = new Generated(List.of(List.of(1, 2), List.of(3)), 1);
    Generated other = new Generated(List.of(List.of(1, 2), List.of(4)), 1);

    assertThat(one.same(other)).isEqualTo(1);
  }
}
