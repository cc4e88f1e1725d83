package io.capbench.viewer.shell;

import static org.assertj.core.api.Assertions.assertThat;

import io.capbench.storage.job.JobContext;
import io.capbench.viewer.fixture.FxThread;
import io.capbench.viewer.fixture.SampleShards;
import io.capbench.viewer.fuse.FuseState;
import io.capbench.viewer.fuse.FuserChoice;
import io.capbench.viewer.fuse.FuserState;
import io.capbench.viewer.fuse.FuserViewModel;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import javafx.geometry.Bounds;
import javafx.scene.Node;
import javafx.scene.control.Label;
import javafx.scene.control.ScrollPane;
import javafx.scene.control.TextField;
import javafx.scene.input.KeyCode;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Merges captions in the real window, with a model that the test makes up. */
class FuseWindowTest {
  private static final String TRACK = "fused (tiny, f32)";

  @TempDir Path temp;
  private TestWindow window;

  @BeforeEach
  void open() {
    window = new TestWindow(temp, SampleShards.parquet(temp.resolve("cars.parquet"), 30));
  }

  @AfterEach
  void close() throws Exception {
    window.close();
  }

  private void load() {
    FxThread.run(
        () -> window.models().fuse().fuser().choose(FuserChoice.local("/models/tiny", false)));
    window.until(
        () -> window.models().fuse().fuser().stateProperty().get() instanceof FuserState.Ready);
  }

  private boolean hasTrack() {
    return Objects.requireNonNull(window.models().browse().currentProperty().get())
        .captions()
        .containsKey(TRACK);
  }

  @Test
  void withoutAModelTheKeyLeadsToWhereOneIsChosen() {
    window.push(KeyCode.F);
    window.untilShowing("#fuser-section", true);
    assertThat(window.showing("#choose-fuser")).isTrue();
    FxThread.run(
        () ->
            ((TextField) window.workbench().lookup("#fuser-address"))
                .setText("http://localhost:1/v1"));
    window.click("#use-server");
    window.until(
        () -> window.models().fuse().fuser().stateProperty().get() instanceof FuserState.Ready);
    window.push(KeyCode.ESCAPE);
    window.untilShowing("#fuser-section", false);
  }

  @Test
  void theTextGrowsBesideTheOfficialCaptionAndBecomesACard() throws Exception {
    CountDownLatch go = heldAfterFirstWords();
    load();
    window.type(KeyCode.DOWN, KeyCode.F);
    window.untilShowing("#fusing-card", true);
    window.until(() -> window.models().fuse().stateProperty().get() instanceof FuseState.Fusing);
    assertThat(window.text("#fusing-name")).isEqualTo("fusing (tiny, f32)");
    window.until(() -> inSight(window.workbench().lookup("#fusing-card")));
    window.push(KeyCode.DOWN);
    window.untilShowing("#fusing-card", false);
    window.push(KeyCode.UP);
    window.untilShowing("#fusing-card", true);
    go.countDown();
    window.until(() -> window.models().browse().currentProperty().get() != null && hasTrack());
    window.untilShowing("#fusing-card", false);
    assertThat(window.selected()).isEqualTo(1);
  }

  @Test
  void theCaptionThatWasMadeIsScrolledTo() {
    FxThread.run(() -> window.stage().setHeight(520));
    load();
    ScrollPane cards = (ScrollPane) window.workbench().lookup(".cards");
    window.until(() -> cards.getVvalue() == 0 && cards.getHeight() < 300);
    window.push(KeyCode.F);
    window.until(() -> hasTrack() && cards.getVvalue() > 0 && inSight(lastFused()));
  }

  @Test
  void theTextGrowsInThePlaceOfItsTrack() {
    load();
    window.push(KeyCode.F);
    window.until(() -> hasTrack() && lastFused().isVisible());
    AtomicReference<CountDownLatch> go = new AtomicReference<>(new CountDownLatch(1));
    window
        .fusing()
        .afterFirstWords(
            (pair, context) -> {
              try (JobContext.Registration stop = context.onCancel(() -> go.get().countDown())) {
                assertThat(stop).isNotNull();
                go.get().await();
                context.checkCancelled();
              } catch (InterruptedException e) {
                throw new IllegalStateException(e);
              }
            });
    window.type(KeyCode.DOWN, KeyCode.F);
    window.until(this::grows);
    assertThat(cardsInSight()).containsSubsequence("capsfusion", "fusing (tiny, f32)");
    assertThat(cardsInSight()).doesNotContain(TRACK).hasSize(4);
    go.get().countDown();
    window.until(() -> hasTrack() && lastFused().isVisible());
    assertThat(cardsInSight()).containsSubsequence("capsfusion", TRACK).hasSize(4);

    go.set(new CountDownLatch(1));
    window.push(KeyCode.F);
    window.until(this::grows);
    assertThat(cardsInSight()).doesNotContain(TRACK).hasSize(4);
    window.push(KeyCode.ESCAPE);
    window.untilShowing("#fusing-card", false);
    assertThat(cardsInSight()).contains(TRACK).hasSize(4);
  }

  private boolean grows() {
    return window.models().fuse().stateProperty().get() instanceof FuseState.Fusing
        && window.workbench().lookup("#fusing-card").isVisible();
  }

  /** The names of the cards of captions, from the top. */
  private List<String> cardsInSight() {
    return FxThread.call(
        () ->
            window.workbench().lookup("#fusing-card").getParent().getChildrenUnmodifiable().stream()
                .filter(card -> card.isVisible() && card.getStyleClass().contains("caption-card"))
                .map(card -> ((Label) card.lookup(".card-name")).getText())
                .toList());
  }

  private Node lastFused() {
    return window.workbench().lookupAll(".caption-card").stream()
        .filter(card -> card.getStyleClass().contains("role-fused"))
        .reduce((one, next) -> next)
        .orElseThrow();
  }

  /** Whether the beginning of a card is seen. */
  private boolean inSight(Node card) {
    Node pane = window.workbench().lookup(".cards");
    Bounds place = pane.localToScene(pane.getLayoutBounds());
    double top = card.localToScene(card.getLayoutBounds()).getMinY();
    return top >= place.getMinY() && top < place.getMaxY() - 30;
  }

  @Test
  void escapeStopsARow() {
    CountDownLatch go = new CountDownLatch(1);
    window
        .fusing()
        .afterFirstWords(
            (pair, context) -> {
              try (JobContext.Registration stop = context.onCancel(go::countDown)) {
                assertThat(stop).isNotNull();
                go.await();
                context.checkCancelled();
              } catch (InterruptedException e) {
                throw new IllegalStateException(e);
              }
            });
    load();
    window.push(KeyCode.F);
    window.untilShowing("#fusing-card", true);
    window.push(KeyCode.ESCAPE);
    window.untilShowing("#fusing-card", false);
    assertThat(window.fusing().merged).isEmpty();
    assertThat(hasTrack()).isFalse();
  }

  @Test
  void filteredRowsAreMergedFromTheirSheet() {
    load();
    window.push(KeyCode.U);
    window.untilShowing("#fuse-sheet", true);
    window.click("#fuse-start");
    window.untilText(
        "#fuse-summary",
        "30 rows: 30 captions merged. They are a track: filter, compare and export it.");
    window.push(KeyCode.ESCAPE);
    window.untilShowing("#fuse-sheet", false);
    window.until(() -> window.models().browse().currentProperty().get() != null && hasTrack());
  }

  @Test
  void whatAModelsMakerSaysStandsBesideEveryCaptionThatItMakes() {
    window.tellOfFusers("Only knows cars.");
    CountDownLatch go = heldAfterFirstWords();
    load();
    window.push(KeyCode.F);
    window.until(this::grows);
    window.untilText("#fusing-said", "Only knows cars.");
    assertThat(window.showing("#fusing-said")).isTrue();
    go.countDown();
    window.until(this::hasTrack);
    window.untilShowing("#fusing-card", false);
    window.untilShowing("#note-4", true);
    assertThat(window.text("#note-4")).isEqualTo("Only knows cars.");
    assertThat(window.showing("#note-3")).as("which it did not make").isFalse();
    window.push(KeyCode.DOWN);
    window.untilShowing("#note-4", false);

    window.push(KeyCode.U);
    window.untilShowing("#fuse-note", true);
    assertThat(window.text("#fuse-note")).isEqualTo("Only knows cars.");
    window.push(KeyCode.ESCAPE);
    window.untilShowing("#fuse-sheet", false);
    window.push(KeyCode.CONTROL, KeyCode.M);
    window.untilShowing("#fuser-note", true);
    assertThat(window.text("#fuser-note")).isEqualTo("Only knows cars.");
  }

  @Test
  void aModelOfWhichNothingIsSaidHasNoNote() {
    load();
    window.push(KeyCode.F);
    window.until(() -> hasTrack() && lastFused().isVisible());
    assertThat(window.showing("#note-4")).isFalse();
    window.push(KeyCode.U);
    window.untilShowing("#fuse-sheet", true);
    assertThat(window.showing("#fuse-note")).isFalse();
    window.push(KeyCode.ESCAPE);
    window.push(KeyCode.CONTROL, KeyCode.M);
    window.untilShowing("#fuser-section", true);
    assertThat(window.showing("#fuser-note")).isFalse();
    assertThat(window.showing("#offered-fuser")).isFalse();
  }

  @Test
  void aModelThatComesWithTheProgramMergesAtOnceAndCanBeComeBackTo() {
    FuserViewModel fuser = window.models().fuse().fuser();
    FxThread.run(() -> fuser.offer(Path.of("/program/models/bundled")));
    window.push(KeyCode.F);
    window.until(this::hasTrack);
    load();
    window.push(KeyCode.CONTROL, KeyCode.M);
    window.untilShowing("#offered-fuser", true);
    assertThat(window.text("#offered-fuser")).isEqualTo("Back to bundled");
    window.click("#offered-fuser");
    window.until(
        () ->
            fuser.stateProperty().get() instanceof FuserState.Ready ready
                && ready.choice().equals(fuser.offered()));
    window.untilShowing("#offered-fuser", false);
  }

  /** Makes the model wait after its first words until the latch is counted down. */
  private CountDownLatch heldAfterFirstWords() {
    CountDownLatch go = new CountDownLatch(1);
    window
        .fusing()
        .afterFirstWords(
            (pair, context) -> {
              try {
                go.await();
              } catch (InterruptedException e) {
                throw new IllegalStateException(e);
              }
            });
    return go;
  }
}
