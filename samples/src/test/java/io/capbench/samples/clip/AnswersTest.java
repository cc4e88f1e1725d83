package io.capbench.samples.clip;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.capbench.engine.explain.Grounding;
import io.capbench.engine.explain.PatchGrid;
import io.capbench.engine.explain.PatchMap;
import io.capbench.engine.explain.SubCaptionGrounding;
import io.capbench.engine.text.SubCaption;
import io.capbench.samples.world.Box;
import io.capbench.samples.world.Colour;
import io.capbench.samples.world.Kind;
import io.capbench.samples.world.Place;
import io.capbench.samples.world.Scene;
import io.capbench.samples.world.Thing;
import io.capbench.samples.world.Thing.Size;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Counts answers that were planted: pictures of 400 x 200 pixels, four patches by two. */
class AnswersTest {
  private static final Scene SCENE =
      new Scene(
          1,
          400,
          200,
          Place.DESK,
          List.of(
              thing(Kind.MUG, Colour.RED, new Box(0, 0, 100, 100)),
              thing(Kind.LAMP, Colour.BLUE, new Box(200, 100, 200, 100))));
  private static final PatchMap FLAT = PatchMap.of(0, 0, 0, 0, 0, 0, 0, 0);

  private final Answers answers = new Answers();

  private static Thing thing(Kind kind, Colour colour, Box box) {
    return new Thing(kind, colour, Size.USUAL, box, null);
  }

  private static PatchMap peakAt(int patch) {
    float[] values = new float[8];
    values[patch] = 0.5f;
    return PatchMap.of(values);
  }

  private static SubCaptionGrounding part(float similarity, PatchMap last, PatchMap patches) {
    SubCaption words = new SubCaption("a", 0, 1);
    return new SubCaptionGrounding(words, similarity, List.of(peakAt(7), last), patches, List.of());
  }

  private static Grounding grounding(SubCaptionGrounding... parts) {
    return new Grounding(
        "", new PatchGrid(2, 4, 0, 0, 1, 1), true, 1, peakAt(0), FLAT, List.of(parts));
  }

  @Test
  void countsMapsThatPeakOnTheThing() {
    answers.point(SCENE, grounding(part(0, peakAt(0), peakAt(1)), part(0, peakAt(6), peakAt(7))));
    Tally tally = answers.tally();
    assertThat(tally.percent("relevance-last")).isEqualTo(100);
    assertThat(tally.percent("patch-similarity")).isEqualTo(50);
    assertThat(tally.percent("relevance-all")).isEqualTo(50);
    assertThat(tally.percent("rollout")).isEqualTo(50);
    assertThat(tally.tries("relevance-last")).isEqualTo(2);
  }

  @Test
  void countsWhatThoseHitWhoDoNotLook() {
    answers.point(SCENE, grounding(part(0, FLAT, FLAT), part(0, FLAT, FLAT)));
    Tally tally = answers.tally();
    assertThat(tally.percent(Answers.CENTRE)).isEqualTo(50); // 200, 100 is the lamp's corner
    assertThat(tally.percent(Answers.RANDOM)).isCloseTo(100 * (1 + 2) / 16.0, within(1e-9));
    assertThat(tally.percent(Answers.BOX_AREA)).isCloseTo(100 * (1 + 2) / 16.0, within(1e-9));
  }

  @Test
  void aFalseSubCaptionHasToBeBelowEveryTrueOne() {
    answers.compare(
        SCENE,
        grounding(
            part(0.5f, FLAT, peakAt(0)),
            part(0.3f, FLAT, peakAt(1)),
            part(0.2f, FLAT, FLAT),
            part(0.4f, FLAT, FLAT),
            part(0.3f, FLAT, peakAt(3))));
    Tally tally = answers.tally();
    assertThat(tally.percent(Answers.ABSENT)).isEqualTo(100);
    assertThat(tally.percent(Answers.WRONG_COLOUR)).isZero();
    assertThat(tally.percent(Answers.WRONG_KIND)).isZero(); // as high is not below
    assertThat(tally.percent(Answers.BY_PATCH + Answers.WRONG_COLOUR)).isEqualTo(100);
    assertThat(tally.percent(Answers.BY_PATCH + Answers.WRONG_KIND)).isZero();
  }

  @Test
  void countsPicturesAndCaptionsThatFindEachOther() {
    List<float[]> images = new ArrayList<>();
    List<float[]> texts = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      float[] axis = new float[4];
      axis[i] = 1;
      images.add(axis);
      texts.add(axis.clone());
    }
    texts.set(3, new float[] {0.8f, 0, 0, 0.6f});
    answers.retrieve(images, texts);
    assertThat(answers.tally().percent(Answers.TEXT_TO_IMAGE)).isEqualTo(75);
    assertThat(answers.tally().percent(Answers.IMAGE_TO_TEXT)).isEqualTo(100);
  }
}
