package io.capbench.viewer.ground;

import static org.assertj.core.api.Assertions.assertThat;

import io.capbench.engine.explain.Grounding;
import io.capbench.engine.text.SubCaptionRule;
import io.capbench.engine.text.SubCaptions;
import io.capbench.storage.image.ImageBytes;
import io.capbench.storage.image.ImageException;
import io.capbench.storage.job.JobContext;
import io.capbench.viewer.fixture.FakeGrounder;
import java.nio.file.Path;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class WeakWordsTest {
  private static final String CAPTION = "A dog. A cat. A cow.";

  private Grounding found;

  /** Three sub-captions, each 2 logits below the one before. */
  @BeforeEach
  void ground() throws ImageException {
    found =
        new FakeGrounder(Path.of("/models/one"))
            .ground(
                new ImageBytes(new byte[0], ImageBytes.Format.PNG, 40, 30),
                CAPTION,
                SubCaptions.split(CAPTION, SubCaptionRule.SENTENCES),
                JobContext.unwatched());
  }

  private Integer[] weak(double margin) {
    WeakWords words = new WeakWords(margin);
    return IntStream.range(0, 3).filter(i -> words.weak(found, i)).boxed().toArray(Integer[]::new);
  }

  @Test
  void theModelsMarginSaysWhatIsWeak() {
    assertThat(weak(1)).containsExactly(1, 2);
    assertThat(weak(3)).containsExactly(2);
    assertThat(weak(10)).isEmpty();
  }

  @Test
  void theMarginIsNamedAsTheModelHasIt() {
    assertThat(new WeakWords(3).explain(found, 2)).contains("Weakly grounded", "more than 3 below");
    assertThat(new WeakWords(1.5).explain(found, 2)).contains("more than 1.5 below");
    assertThat(new WeakWords(10).explain(found, 2)).doesNotContain("Weakly grounded");
  }
}
