package io.capbench.engine.explain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.capbench.storage.model.CapbenchException;
import java.util.Optional;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class GroupingTest {
  private static final String[] SIGMAS = {"null", "0.0", "0.1", "0.3", "0.5", "0.7"};

  @ParameterizedTest
  @ValueSource(
      strings = {
        "dreamlip_gelu.single",
        "dreamlip_quickgelu.single",
        "dreamlip_ckpt.single",
        "handmade.ties"
      })
  void weightsAreThoseOfDreamlip(String name) {
    try (Golden expected = new Golden("grouping/" + name + ".expected.safetensors")) {
      int texts = expected.size("similarity", 1);
      for (int t = 0; t < texts; t++) {
        PatchMap similarity = PatchMap.of(expected.row("similarity", t));
        assertClose(Grouping.stretch(similarity), expected.row("minmax.normalized", t));
        for (String id : SIGMAS) {
          String key = "minmax.sigma_" + id;
          Sigma sigma = Sigma.of(id);
          assertThat(sigma.threshold(similarity.patches()))
              .isEqualTo(expected.floats(key + ".threshold")[0]);
          PatchMap weights = Grouping.weights(similarity, sigma).orElseThrow();
          float[] wanted = expected.row(key + ".weights", t);
          assertClose(weights, wanted);
          for (int p = 0; p < wanted.length; p++) {
            assertThat(weights.get(p) == 0).as("%s, patch %d", key, p).isEqualTo(wanted[p] == 0);
          }
          assertGroupedTokens(expected, key, t, weights);
        }
      }
    }
  }

  /** What the original makes of the weights: the sum of the patches, normalised. */
  private static void assertGroupedTokens(Golden expected, String key, int t, PatchMap weights) {
    float[] patches = expected.floats("local_used");
    float[] wanted = expected.row(key + ".grouped_norm", t);
    double[] sum = new double[wanted.length];
    double square = 0;
    for (int c = 0; c < sum.length; c++) {
      for (int p = 0; p < weights.patches(); p++) {
        sum[c] += weights.get(p) * patches[p * sum.length + c];
      }
      square += sum[c] * sum[c];
    }
    for (int c = 0; c < sum.length; c++) {
      assertThat(sum[c] / Math.sqrt(square)).isEqualTo(wanted[c], within(1e-5));
    }
  }

  private static void assertClose(PatchMap actual, float[] expected) {
    assertThat(actual.toArray()).containsExactly(expected, Assertions.withPrecision(1e-5f));
  }

  @Test
  void whereNoPatchStandsOutThereAreNoWeights() {
    try (Golden expected = new Golden("grouping/handmade.constant.expected.safetensors")) {
      for (int t = 0; t < expected.size("similarity", 1); t++) {
        PatchMap similarity = PatchMap.of(expected.row("similarity", t));
        for (String id : SIGMAS) {
          float[] wanted = expected.row("minmax.sigma_" + id + ".weights", t);
          boolean none = Float.isNaN(wanted[0]);
          Optional<PatchMap> weights = Grouping.weights(similarity, Sigma.of(id));
          assertThat(weights.isEmpty()).as("sigma %s, text %d", id, t).isEqualTo(none);
        }
      }
    }
    PatchMap same = PatchMap.of(0.25f, 0.25f, 0.25f);
    assertThat(Grouping.weights(same, new Sigma(0f))).isEmpty();
    assertThat(Grouping.weights(same, Sigma.ONE_OF_PATCHES)).isEmpty();
    assertThat(Grouping.stretch(same)).isEqualTo(PatchMap.of(0, 0, 0));
    assertThat(Grouping.weights(PatchMap.of(), new Sigma(0f))).isEmpty();
    assertThat(Grouping.weights(PatchMap.of(0, Float.NaN), new Sigma(0f))).isEmpty();
  }

  @Test
  void onlyPatchesStrictlyBelowSigmaAreDropped() {
    PatchMap similarity = PatchMap.of(0f, 1f, 2f, 4f);
    assertThat(Grouping.weights(similarity, new Sigma(0.25f)))
        .contains(PatchMap.of(0f, 0.25f / 1.75f, 0.5f / 1.75f, 1f / 1.75f));
    assertThat(Grouping.weights(similarity, Sigma.ONE_OF_PATCHES))
        .isEqualTo(Grouping.weights(similarity, new Sigma(0.25f)));
    assertThat(Grouping.weights(similarity, new Sigma(0.26f)).orElseThrow().get(1)).isZero();
  }

  @Test
  void sigmaIsReadAsItIsWritten() {
    for (Sigma sigma : new Sigma[] {Sigma.ONE_OF_PATCHES, new Sigma(0f), new Sigma(0.1f)}) {
      assertThat(Sigma.of(sigma.id())).isEqualTo(sigma);
    }
    assertThat(Sigma.of(" NULL ")).isEqualTo(Sigma.ONE_OF_PATCHES);
    assertThat(Sigma.of("1/p").threshold(196)).isEqualTo((float) (1.0 / 196));
  }

  @ParameterizedTest
  @ValueSource(strings = {"1", "-0.1", "NaN", "half", "", "1/Q"})
  void sigmaThatIsNoneIsRefused(String id) {
    Assertions.assertThatThrownBy(() -> Sigma.of(id))
        .isInstanceOf(CapbenchException.class)
        .hasMessageContaining("from 0 to below 1, or 1/P")
        .hasMessageContaining("\"" + id + "\"");
  }
}
