package io.capbench.engine.explain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.capbench.engine.weights.ModelAdvice;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GroundingAdviceTest {
  @TempDir private Path folder;

  @Test
  void modelsThatSayNothingAreUsedAsUsual() throws IOException {
    assertThat(GroundingAdvice.of(folder)).isEqualTo(GroundingAdvice.USUAL);
    new ModelAdvice("Only boats.", null, null).write(folder);
    assertThat(GroundingAdvice.of(folder))
        .isEqualTo(
            new GroundingAdvice(
                GroundingMethod.RELEVANCE_LAST, WeakGrounding.MARGIN, "Only boats."));
  }

  @Test
  void aModelSaysHowItIsBestLookedWith() throws IOException {
    new ModelAdvice(null, "patch-similarity", 1.5).write(folder);
    assertThat(GroundingAdvice.of(folder))
        .isEqualTo(new GroundingAdvice(GroundingMethod.PATCH_SIMILARITY, 1.5, null));
  }

  @Test
  void aMethodThatDoesNotExistIsRefused() throws IOException {
    new ModelAdvice(null, "guessing", null).write(folder);
    assertThatThrownBy(() -> GroundingAdvice.of(folder))
        .hasMessageContaining("guessing")
        .hasMessageContaining(folder.resolve(ModelAdvice.FILE).toString())
        .hasMessageContaining("patch-similarity");
  }
}
