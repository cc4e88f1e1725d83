package io.capbench.engine.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ProvenanceAnalyzerTest {
  private static final String RAW = "VW T-ROC alloy wheel production vehicle teaser";
  private static final String SYNTHETIC = "The wheel on the Volkswagen SUV is shown.";
  private static final String FUSED =
      "The teaser showcases the production vehicle of the VW T-ROC, featuring its alloy wheels.";

  private final ProvenanceAnalyzer analyzer = new ProvenanceAnalyzer();

  @Test
  void everyTokenOfAFusedCaptionGetsItsOrigin() {
    assertThat(marked(RAW, SYNTHETIC, FUSED))
        .isEqualTo(
            "The/glue teaser/raw showcases/neither the/glue production/raw vehicle/raw of/glue"
                + " the/glue VW/raw T/raw ROC/raw featuring/neither its/glue alloy/raw"
                + " wheels/both");
  }

  @Test
  void sharesAreCountedOverContentTokensAndDroppedTokensStandInTheirParents() {
    Provenance provenance = analyzer.analyze(RAW, SYNTHETIC, FUSED);

    assertThat(provenance.shares().raw()).isEqualTo(0.7, within(1e-12));
    assertThat(provenance.shares().both()).isEqualTo(0.1, within(1e-12));
    assertThat(provenance.shares().synthetic()).isZero();
    assertThat(provenance.shares().neither()).isEqualTo(0.2, within(1e-12));
    assertThat(provenance.droppedRaw()).isEmpty();
    assertThat(provenance.droppedSynthetic())
        .containsExactly(
            new DroppedToken("Volkswagen", 17, 27),
            new DroppedToken("SUV", 28, 31),
            new DroppedToken("shown", 35, 40));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "a 3-star hotel | 3 Star Hotel",
        "12 inches of pipe | 12-inch pipe",
        "2 bedrooms | 2-bedroom",
        "22 mph | 22Mph",
        "12 x 16 print | 12x16 print",
        "4 in 1 tool | 4-in-1 tool",
        "1920 - 1930 | 1920-1930",
        "$ 5 off | $5 off",
        "Covid-19-test-kit | Covid-19 test kit",
        "close-up | close up",
        "Todd-Snyder-Fall-2017-mens | Todd Snyder Fall 2017 men's",
        "#space | space",
        "Munkácsy | Munka\u0301csy",
        "Tom &amp; Jerry &quot;live&quot; | Tom & Jerry \"live\"",
        "U.S. Army | US army",
        "日本 | 日本",
        "🐶 | 🐶",
      })
  void theseTextsMatchBothWays(String one, String other) {
    assertThat(marked(one, null, other)).doesNotContain("/neither");
    assertThat(marked(other, null, one)).doesNotContain("/neither");
    assertThat(analyzer.analyze(one, other, one).droppedSynthetic()).isEmpty();
    assertThat(analyzer.analyze(one, other, other).droppedRaw()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "STS-63 | 63",
        "9-1 | 9 1",
        "A4 | a 4",
        "$19.99 | 19.99",
        "5,500 | 5500",
        "GX250B | GX250C",
        "1920-1930 | 1920",
      })
  void numbersMatchAsAWholeOnly(String parent, String fused) {
    assertThat(marked(parent, null, fused)).contains("/neither").doesNotContain("/raw");
    assertThat(analyzer.analyze(parent, null, fused).droppedRaw()).isNotEmpty();
  }

  @Test
  void anAbsentParentIsAnEmptyOne() {
    assertThat(analyzer.analyze(null, null, "a red dog").shares())
        .isEqualTo(new Shares(0, 0, 0, 1));
    assertThat(marked(null, "dog", "red dog")).isEqualTo("red/neither dog/synthetic");
    assertThat(analyzer.analyze(null, "dog", "dog")).isEqualTo(analyzer.analyze("", "dog", "dog"));
  }

  @Test
  void withoutContentAllSharesAreZero() {
    Provenance provenance = analyzer.analyze("dog", null, "the of ... !");

    assertThat(provenance.tokens()).extracting(OriginToken::origin).containsOnly(Origin.GLUE);
    assertThat(provenance.shares()).isEqualTo(new Shares(0, 0, 0, 0));
    assertThat(provenance.droppedRaw()).containsExactly(new DroppedToken("dog", 0, 3));
    assertThat(analyzer.analyze(null, null, "").tokens()).isEmpty();
  }

  @Test
  void aFunctionWordInABrandIsGlueAndInsideANumberIsNot() {
    assertThat(marked("The North Face 2-in-1", null, "The North Face 2-in-1"))
        .isEqualTo("The/glue North/raw Face/raw 2-in-1/raw");
  }

  @Test
  void aParentsTokenIsDroppedAsOftenAsItOccurs() {
    assertThat(analyzer.analyze("cat dog cats", null, "a dog").droppedRaw())
        .containsExactly(new DroppedToken("cat", 0, 3), new DroppedToken("cats", 8, 12));
  }

  @Test
  void originsHaveTheNamesThatScriptsRead() {
    assertThat(Origin.values())
        .extracting(Origin::id)
        .containsExactly("raw", "synthetic", "both", "glue", "neither");
  }

  @Test
  void manyThreadsGetWhatOneGets() throws Exception {
    List<String> captions =
        IntStream.range(0, 200).mapToObj(i -> FUSED + " number " + i + " and GX" + i).toList();
    List<Provenance> expected =
        captions.stream().map(fused -> analyzer.analyze(RAW, SYNTHETIC, fused)).toList();
    ExecutorService threads = Executors.newFixedThreadPool(4);
    try {
      List<Callable<Provenance>> calls =
          captions.stream()
              .<Callable<Provenance>>map(fused -> () -> analyzer.analyze(RAW, SYNTHETIC, fused))
              .toList();
      List<Future<Provenance>> results = threads.invokeAll(calls);

      for (int i = 0; i < expected.size(); i++) {
        assertThat(results.get(i).get()).isEqualTo(expected.get(i));
      }
    } finally {
      threads.shutdown();
    }
  }

  private String marked(String raw, String synthetic, String fused) {
    return analyzer.analyze(raw, synthetic, fused).tokens().stream()
        .map(token -> token.text() + "/" + token.origin().id())
        .collect(Collectors.joining(" "));
  }
}
