package io.capbench.engine.text;

import static org.assertj.core.api.Assertions.assertThat;

import io.capbench.storage.dataset.RowMeasure;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

final class CaptionMeasureTest {
  private static final List<String> WORDS =
      List.of("dog", "dogs", "the", "GX250B", "12", "x", "with", ".", "Sentence 1", "runs", ",");

  private final CaptionMeasure measure = new CaptionMeasure();

  @Test
  void itsColumnsAreThoseThatFiltersName() {
    assertThat(measure.values().stream().map(value -> value.group() + "." + value.name()))
        .containsExactly(
            "provenance.raw",
            "provenance.synthetic",
            "provenance.both",
            "provenance.neither",
            "provenance.content_words",
            "flags.prompt_leak",
            "flags.invented_number",
            "flags.empty",
            "flags.truncated",
            "flags.concatenation",
            "flags.mismatched_parents");
    assertThat(measure.id()).matches("[a-z0-9-]+");
  }

  @Test
  void itSaysWhatTheAnalyzerAndTheDetectorsSay() {
    ProvenanceAnalyzer analyzer = new ProvenanceAnalyzer();
    Detectors detectors = new Detectors();
    Random random = new Random(3);
    for (int i = 0; i < 3_000; i++) {
      String raw = text(random);
      String synthetic = text(random);
      String fused = "a " + text(random);
      double[] values = values(raw, synthetic, fused);
      Provenance provenance = analyzer.analyze(raw, synthetic, fused);
      Set<Flag> flags = detectors.detect(raw, synthetic, fused);
      assertThat(values[0]).isEqualTo(provenance.shares().raw());
      assertThat(values[1]).isEqualTo(provenance.shares().synthetic());
      assertThat(values[2]).isEqualTo(provenance.shares().both());
      assertThat(values[3]).isEqualTo(provenance.shares().neither());
      assertThat(values[4])
          .isEqualTo(
              (double) provenance.tokens().stream().filter(t -> t.origin() != Origin.GLUE).count());
      for (int j = 5; j < values.length; j++) {
        String name = measure.values().get(j).name();
        assertThat(values[j] == 1)
            .as(name)
            .isEqualTo(flags.stream().anyMatch(flag -> flag.id().equals(name)));
      }
    }
  }

  @Test
  void aRowWithoutAFusedCaptionHasNoSharesButFlags() {
    double[] values = values("A jacket", "A book", null);
    assertThat(IntStream.range(0, 5).mapToObj(i -> values[i])).allMatch(value -> value.isNaN());
    assertThat(IntStream.range(5, 11).mapToObj(i -> values[i]))
        .containsExactly(0.0, 0.0, 1.0, 0.0, 0.0, 1.0);
    assertThat(measure.values().stream().filter(v -> v.type() == RowMeasure.Value.Type.FLAG))
        .hasSize(6);
  }

  private double[] values(
      @Nullable String raw, @Nullable String synthetic, @Nullable String fused) {
    double[] values = new double[measure.values().size()];
    measure.measure(raw, synthetic, fused, values);
    return values;
  }

  private static String text(Random random) {
    StringBuilder text = new StringBuilder();
    for (int i = random.nextInt(7); i >= 0; i--) {
      text.append(WORDS.get(random.nextInt(WORDS.size()))).append(' ');
    }
    return text.toString();
  }
}
