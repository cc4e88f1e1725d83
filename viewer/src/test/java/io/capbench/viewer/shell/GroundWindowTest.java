package io.capbench.viewer.shell;

import static org.assertj.core.api.Assertions.assertThat;

import io.capbench.engine.explain.GroundingAdvice;
import io.capbench.engine.explain.GroundingMethod;
import io.capbench.engine.explain.PatchGrid;
import io.capbench.storage.model.CapbenchException;
import io.capbench.viewer.fixture.FxThread;
import io.capbench.viewer.fixture.Hand;
import io.capbench.viewer.fixture.SampleShards;
import io.capbench.viewer.ground.GroundState;
import io.capbench.viewer.ground.GroundViewModel;
import io.capbench.viewer.ground.ModelState;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import javafx.geometry.Bounds;
import javafx.scene.Node;
import javafx.scene.control.Label;
import javafx.scene.control.Labeled;
import javafx.scene.control.ScrollPane;
import javafx.scene.image.ImageView;
import javafx.scene.input.KeyCode;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Looks at captions in the real window, with a model that the test makes up. */
class GroundWindowTest {
  private static final Path MODEL = Path.of("/models/clip-one");

  @TempDir Path temp;
  private TestWindow window;
  private GroundViewModel ground;

  @BeforeEach
  void open() {
    window = new TestWindow(temp, SampleShards.parquet(temp.resolve("cars.parquet"), 30));
    ground = window.models().ground();
  }

  @AfterEach
  void close() throws Exception {
    window.close();
  }

  private void untilFound() {
    window.until(() -> ground.stateProperty().get() instanceof GroundState.Found);
  }

  private void load() {
    FxThread.run(() -> ground.models().choose(MODEL));
    window.until(() -> ground.models().stateProperty().get() instanceof ModelState.Ready);
  }

  private Node heat() {
    return window.workbench().lookup(".heat-layer");
  }

  private ImageView colours() {
    return (ImageView) heat().lookup("ImageView");
  }

  @Test
  void withoutAModelLookingSaysWhatItTakesAndLeadsThere() {
    assertThat(window.showing("#ground-bar")).isFalse();
    window.push(KeyCode.L);
    window.untilShowing("#ground-notice", true);
    assertThat(window.text("#ground-title")).isEqualTo("Looking takes a model");
    assertThat(window.showing("#ground-bar")).isTrue();
    assertThat(window.showing("#sub-caption-0")).isTrue();

    window.click("#ground-model");
    window.untilShowing("#models-sheet", true);
    String said =
        FxThread.call(
            () ->
                window.workbench().lookup("#models-sheet").lookupAll(".label").stream()
                    .map(node -> ((Label) node).getText())
                    .collect(Collectors.joining("\n")));
    assertThat(said).contains("No model is chosen yet", "safetensors", "tokenizer.json", "merges");
    window.push(KeyCode.ESCAPE);
    window.untilShowing("#models-sheet", false);
  }

  @Test
  void lookingColoursThePictureAndEscapeTakesTheColoursAway() {
    load();
    window.push(KeyCode.L);
    untilFound();
    window.until(() -> heat().isVisible() && colours().isVisible());
    assertThat(FxThread.call(() -> colours().getImage())).isNotNull();
    assertThat(window.showing("#ground-notice")).isFalse();
    window.push(KeyCode.O);
    window.until(() -> !heat().isVisible());
    window.push(KeyCode.O);
    window.until(() -> heat().isVisible());

    window.push(KeyCode.ESCAPE);
    window.untilShowing("#ground-bar", false);
    window.until(() -> !colours().isVisible());
    window.untilShowing("#sub-caption-0", false);
  }

  @Test
  void theColoursLieOnThePartOfThePictureThatTheModelSees() {
    load();
    window.grounder().see(new PatchGrid(7, 7, 0.25, 0, 0.5, 1));
    window.push(KeyCode.L);
    untilFound();
    window.until(() -> colours().isVisible());
    window.pressCharacter("+");
    FxThread.run(
        () -> {
          window.workbench().layout();
          Node picture = window.workbench().lookup("#picture").lookup("ImageView");
          Bounds whole = picture.localToScene(picture.getBoundsInLocal());
          Bounds seen = colours().localToScene(colours().getBoundsInLocal());
          assertThat(seen.getWidth()).isBetween(whole.getWidth() * 0.49, whole.getWidth() * 0.51);
          assertThat(seen.getHeight())
              .isBetween(whole.getHeight() * 0.99, whole.getHeight() * 1.01);
          assertThat(seen.getCenterX())
              .isBetween(whole.getCenterX() - 1.5, whole.getCenterX() + 1.5);
        });
    assertThat(FxThread.call(() -> heat().lookup(".heat-veil").isVisible())).isTrue();
  }

  @Test
  void everyRowThatIsSelectedIsLookedAt() {
    load();
    window.push(KeyCode.L);
    untilFound();
    window.push(KeyCode.J);
    window.until(
        () ->
            ground.stateProperty().get() instanceof GroundState.Found
                && window.grounder().asked().size() == 2);
    assertThat(window.grounder().asked().get(1)).contains("blue bus");
    assertThat(window.selected()).isEqualTo(1);
  }

  @Test
  void whileTheModelWorksTheRowsStayAtHandAndItCanBeStopped() {
    load();
    CountDownLatch stopped = new CountDownLatch(1);
    window.beforeLooking(
        (caption, context) -> {
          context.progress(1, 8, "sub-captions");
          context.onCancel(stopped::countDown);
          try {
            stopped.await();
          } catch (InterruptedException e) {
            throw new IllegalStateException(e);
          }
          context.checkCancelled();
        });
    window.push(KeyCode.L);
    window.untilText("#ground-title", "Looking · 1 of 8 sub-captions");
    window.untilShowing("#ground-cancel", true);
    window.push(KeyCode.A);
    window.untilSelected(1);
    window.beforeLooking((caption, context) -> {});
    untilFound();
    assertThat(stopped.getCount()).as("the row that was left is not looked at").isZero();
  }

  @Test
  void aFailureIsSaidAndTriedAgain() {
    load();
    window.beforeLooking(
        (caption, context) -> {
          throw new CapbenchException("There is not enough memory for this image");
        });
    window.push(KeyCode.L);
    window.untilText("#ground-words", "There is not enough memory for this image");
    window.beforeLooking((caption, context) -> {});
    window.click("#ground-again");
    untilFound();
    window.untilShowing("#ground-notice", false);
  }

  @Test
  void keysWalkThroughCaptionsMethodsAndTheGrid() {
    load();
    window.push(KeyCode.L);
    untilFound();
    window.push(KeyCode.C);
    window.until(() -> ground.lookedProperty().get().track().equals("laion_2b"));
    untilFound();
    window.push(KeyCode.V);
    assertThat(FxThread.call(() -> ground.overlay().methodProperty().get()))
        .isEqualTo(GroundingMethod.RELEVANCE_ALL);
    int parts = FxThread.call(() -> ground.lookedProperty().get().subCaptions().size());
    assertThat(parts).as("“Buy … no. 0 sale” is one").isEqualTo(1);
    window.push(KeyCode.P);
    window.untilShowing("#multiple-0", true);
    window.click("#multiple-0");
    window.untilShowing("#multiple-0", false);
    window.untilFocused("#rows");
    window.push(KeyCode.P);
    window.untilShowing("#multiple-0", true);
    window.push(KeyCode.ESCAPE);
    window.untilShowing("#multiple-0", false);
    assertThat(FxThread.call(() -> ground.lookingProperty().get())).isTrue();
  }

  @Test
  void aWordThatIsSelectedByKeysIsShownOnThePicture() {
    load();
    FxThread.run(() -> ground.look("laion_coco"));
    untilFound();
    window.push(KeyCode.RIGHT);
    window.push(KeyCode.RIGHT);
    window.until(() -> ground.words().wordsProperty().get() != null);
    assertThat(FxThread.call(() -> ground.words().wordsProperty().get().start()))
        .as("in the caption that is looked at: a red car")
        .isEqualTo(2);
    window.push(KeyCode.ESCAPE);
    window.until(() -> ground.words().wordsProperty().get() == null);
    assertThat(FxThread.call(() -> ground.lookingProperty().get())).isTrue();
  }

  @Test
  void aWordUnderTheMouseIsShownOnThePicture() {
    load();
    window.push(KeyCode.L);
    untilFound();
    Node words = FxThread.call(() -> window.workbench().lookup("#sub-caption-0 .caption-text"));
    window
        .hand()
        .moveTo(
            () -> {
              window.workbench().layout();
              return words.localToScreen(8, 8);
            });
    window.until(() -> ground.words().wordsProperty().get() != null);
    assertThat(FxThread.call(() -> ground.words().wordsProperty().get().start())).isZero();
    window.hand().moveTo(() -> Hand.middle(window.workbench().lookup("#accept")));
    window.until(() -> ground.words().wordsProperty().get() == null);
  }

  @Test
  void theModelInMemoryIsDescribedInItsSheet() {
    load();
    window.push(KeyCode.CONTROL, KeyCode.M);
    window.untilShowing("#model-facts", true);
    String facts =
        FxThread.call(
            () ->
                window.workbench().lookup("#model-facts").lookupAll(".label").stream()
                    .map(node -> ((Labeled) node).getText())
                    .collect(Collectors.joining("\n")));
    assertThat(facts).contains("CLIP ViT-B/32", "F32", "224", "bpe", "cpu", "/models/clip-one");
  }

  @Test
  void whatAModelsMakerSaysStandsOnTheBarAndInItsSheet() {
    window.advise(
        new GroundingAdvice(GroundingMethod.PATCH_SIMILARITY, 10, "Only knows cars & buses."));
    load();
    window.push(KeyCode.L);
    untilFound();
    window.untilText("#ground-note", "Only knows cars & buses.");
    assertThat(window.showing("#ground-note")).isTrue();
    assertThat(FxThread.call(() -> ground.overlay().methodProperty().get()))
        .isEqualTo(GroundingMethod.PATCH_SIMILARITY);
    window.push(KeyCode.CONTROL, KeyCode.M);
    window.untilShowing("#model-note", true);
    assertThat(window.text("#model-note")).isEqualTo("Only knows cars & buses.");
    window.push(KeyCode.ESCAPE);
    window.untilShowing("#models-sheet", false);

    window.advise(GroundingAdvice.USUAL);
    load();
    window.untilShowing("#ground-note", false);
    assertThat(window.text("#ground-note")).isEmpty();
    window.push(KeyCode.CONTROL, KeyCode.M);
    window.untilShowing("#models-sheet", true);
    assertThat(window.showing("#model-note")).isFalse();
  }

  @Test
  void aModelThatComesWithTheProgramLooksAtOnceAndIsAtHandBesideAnother() {
    Path bundled = Path.of("/program/models/bundled");
    FxThread.run(() -> ground.models().offer(bundled));
    window.push(KeyCode.L);
    untilFound();
    assertThat(window.grounder().model().folder()).isEqualTo(bundled);
    window.push(KeyCode.CONTROL, KeyCode.M);
    window.untilShowing("#models-sheet", true);
    assertThat(window.showing("#offered-model")).as("it is the one at work").isFalse();

    load();
    window.untilShowing("#offered-model", true);
    window.click("#offered-model");
    window.until(() -> bundled.equals(ground.models().folder()));
    window.until(() -> ground.models().stateProperty().get() instanceof ModelState.Ready);
    window.untilShowing("#offered-model", false);
  }

  @Test
  void onlyWhatIsFurtherBelowThanTheModelsMarginIsMarkedWeak() throws Exception {
    window.open(
        SampleShards.described(temp.resolve("long.parquet"), "A dog. A cat. A cow on a hill."));
    window.advise(new GroundingAdvice(GroundingMethod.GROUPING, 1, null));
    load();
    window.push(KeyCode.L);
    untilFound();
    assertThat(FxThread.call(this::weak))
        .as("each is 2 logits below the one before")
        .containsExactly(1, 2);

    window.advise(new GroundingAdvice(GroundingMethod.GROUPING, 10, null));
    load();
    untilFound();
    window.until(() -> weak().isEmpty());
  }

  /** The numbers of the sub-captions that are marked weak; FX thread only. */
  private List<Integer> weak() {
    Node all = window.workbench();
    return IntStream.range(0, 3)
        .filter(number -> all.lookup("#sub-caption-" + number + " .similarity-weak").isVisible())
        .boxed()
        .toList();
  }

  @Test
  void theLookButtonOfACardLooksAtItAndNoMore() {
    load();
    window.click("#look-2");
    untilFound();
    assertThat(FxThread.call(() -> ground.lookedProperty().get().track())).isEqualTo("laion_coco");
    window.click("#look-2");
    window.until(() -> !ground.lookingProperty().get());
  }

  @Test
  void rowsAreScoredFromASheet() {
    load();
    window.push(KeyCode.Y);
    window.untilShowing("#score-sheet", true);
    window.click("#score-start");
    Label summary = (Label) FxThread.call(() -> window.workbench().lookup("#score-summary"));
    window.until(() -> summary.getText().contains("90 captions scored"));
    window.push(KeyCode.ESCAPE);
    window.untilShowing("#score-sheet", false);
  }

  @Test
  void theCaptionThatIsLookedAtIsInSight() {
    load();
    FxThread.run(() -> window.stage().setHeight(620));
    window.push(KeyCode.L);
    untilFound();
    window.until(
        () -> {
          ScrollPane cards = (ScrollPane) window.workbench().lookup(".cards");
          Node line = window.workbench().lookup("#sub-caption-0");
          Bounds place = line.localToScene(line.getBoundsInLocal());
          Bounds seen = cards.localToScene(cards.getBoundsInLocal());
          return place.getMinY() >= seen.getMinY() - 1 && place.getMinY() < seen.getMaxY();
        });
  }
}
