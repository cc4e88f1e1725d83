package io.capbench.viewer.ground;

import static org.assertj.core.api.Assertions.assertThat;

import io.capbench.engine.explain.GroundingMethod;
import io.capbench.engine.explain.Sigma;
import io.capbench.engine.text.SubCaptionRule;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

class GroundPreferencesTest {

  @Test
  void theFirstStartHasNoModelAndLeavesTheMethodToIt() {
    GroundPreferences first = GroundPreferences.DEFAULT;

    assertThat(first.folder()).isNull();
    assertThat(first.recentFolders()).isEmpty();
    assertThat(first.groundingMethod()).isNull();
    assertThat(first.subCaptionRule()).isEqualTo(SubCaptionRule.SENTENCES);
    assertThat(first.sigmaOrDefault()).isEqualTo(Sigma.ONE_OF_PATCHES);
    assertThat(first.overlayOrDefault()).isEqualTo(GroundPreferences.Overlay.DEFAULT);
  }

  @Test
  void whatWasKeptIsTakenUp() {
    GroundPreferences kept =
        new GroundPreferences("/m", List.of("/m", "/n"), "grouping", "dreamlip", "0.3", null);

    assertThat(kept.folder()).isEqualTo(Path.of("/m"));
    assertThat(kept.recentFolders()).containsExactly(Path.of("/m"), Path.of("/n"));
    assertThat(kept.groundingMethod()).isEqualTo(GroundingMethod.GROUPING);
    assertThat(kept.subCaptionRule()).isEqualTo(SubCaptionRule.DREAMLIP);
    assertThat(kept.sigmaOrDefault()).isEqualTo(new Sigma(0.3f));
  }

  @Test
  void whatMakesNoSenseIsAsOnTheFirstStart() {
    GroundPreferences odd =
        new GroundPreferences(
            "a\u0000b",
            List.of("a\u0000b", "/n"),
            "guessing",
            "anyhow",
            "lots",
            new GroundPreferences.Overlay(Double.NaN, 7, true));

    assertThat(odd.folder()).isNull();
    assertThat(odd.recentFolders()).containsExactly(Path.of("/n"));
    assertThat(odd.groundingMethod()).isNull();
    assertThat(odd.method()).isNull();
    assertThat(odd.subCaptionRule()).isEqualTo(SubCaptionRule.SENTENCES);
    assertThat(odd.sigmaOrDefault()).isEqualTo(Sigma.ONE_OF_PATCHES);
    assertThat(odd.overlayOrDefault()).isEqualTo(new GroundPreferences.Overlay(0, 1, true));
    assertThat(new GroundPreferences("  ", null, null, null, null, null).folder()).isNull();
  }
}
