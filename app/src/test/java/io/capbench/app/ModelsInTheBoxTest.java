package io.capbench.app;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.capbench.app.gui.CapbenchWindow;
import io.capbench.engine.text.SubCaption;
import io.capbench.engine.text.SubCaptionRule;
import io.capbench.engine.text.SubCaptions;
import io.capbench.storage.model.CaptionRow;
import io.capbench.storage.workspace.Workspace;
import io.capbench.viewer.caption.CaptionText;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BooleanSupplier;
import java.util.stream.IntStream;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.Labeled;
import javafx.scene.input.KeyCode;
import javafx.stage.Stage;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.testfx.api.FxRobot;
import org.testfx.api.FxToolkit;
import org.testfx.util.WaitForAsyncUtils;

/** The first start: the sample and its models are there, and a person has chosen nothing. */
class ModelsInTheBoxTest {
  private static final int FUSED = 3;
  private static final int LONG_CAPTION = 4;

  /** PyTorch is loaded once, which takes long on a machine that is busy. */
  private static final int PATIENCE_SECONDS = 120;

  @TempDir private static Path shared;
  private static SampleWorld sample;
  private static List<CaptionRow> rows;

  @TempDir private Path folder;
  private final FxRobot robot = new FxRobot();
  private AppFolders folders;
  private CapbenchWindow window;

  @BeforeAll
  static void readTheSample() throws IOException {
    sample = new SampleWorld();
    rows = sample.first(6, shared);
  }

  @BeforeEach
  void startForTheFirstTime() throws TimeoutException {
    folders =
        new AppFolders(folder.resolve("config"), folder.resolve("data"), folder.resolve("cache"));
    FxToolkit.registerPrimaryStage();
    open();
  }

  @AfterEach
  void closeTheWindow() throws TimeoutException {
    close();
    FxToolkit.cleanupStages();
  }

  @Test
  void lookingTakesNoChoiceAndSentencesThatWereMadeUpAreMarkedWeak() throws TimeoutException {
    look(FUSED);
    untilFound(sentences(0, "capsfusion"));
    assertThat(text("#ground-note")).isEqualTo(SampleWorld.note(sample.clip()));
    assertThat(node("#ground-note").isVisible()).isTrue();

    go(1);
    untilFound(sentences(1, "capsfusion"));
    assertThat(weak()).containsExactly("Beside it, a tennis racket can be seen.");

    go(5);
    look(LONG_CAPTION);
    untilFound(sentences(5, "long_caption"));
    assertThat(weak())
        .containsExactly("A wooden bench is partly hidden at the edge of the picture.");
  }

  @Test
  void mergingTakesNoChoiceAndTheCaptionHasWhatOnlyOneOfItsParentsSays() throws TimeoutException {
    robot.push(KeyCode.F);
    await("a caption is made", () -> made() != null);

    Node card = Objects.requireNonNull(made());
    assertThat(caption(card))
        .contains("Tindravik", "Emil Renwick-Vale", "orange kite")
        .isNotEqualTo(rows.get(0).caption("capsfusion"));
    await(
        "its maker's words stand under it",
        () ->
            ((Labeled) card.lookup("#note-5")).getText().equals(SampleWorld.note(sample.fuser())));
  }

  @Test
  void whatComesWithTheProgramIsNotKeptAsChosenAndIsOfferedToTheNextWindow() throws Exception {
    look(FUSED);
    untilFound(sentences(0, "capsfusion"));
    robot.push(KeyCode.F);
    await("a caption is made", () -> made() != null);
    close();

    String kept = Files.readString(folders.settings());
    JsonNode settings = new ObjectMapper().readTree(kept);
    assertThat(settings.path("workspace").textValue()).as("they were written").isNotNull();
    assertThat(settings.at("/ground/model").isTextual()).isFalse();
    assertThat(settings.at("/ground/method").isTextual()).isFalse();
    assertThat(settings.path("fuser").isObject()).isFalse();
    assertThat(kept).doesNotContain("sample-clip", "sample-fuser");

    open();
    go(1);
    look(FUSED);
    untilFound(sentences(1, "capsfusion"));
    assertThat(text("#ground-note")).isEqualTo(SampleWorld.note(sample.clip()));
    robot.push(KeyCode.F);
    await("a caption of row 1 is made", () -> made() != null && caption(made()).contains("mug"));
  }

  private void open() throws TimeoutException {
    CapbenchWindow.Request request =
        new CapbenchWindow.Request(
            Workspace.open(folder.resolve("work.capbench")),
            AppSettings.load(folders.settings()),
            WebAccess.USUAL,
            null,
            List.of(sample.rows()),
            sample.home());
    window = FxToolkit.setupFixture(() -> new CapbenchWindow(new Stage(), folders, request));
    await("the first row is here", () -> !node("#accept").isDisabled());
    robot.interact(window.stage()::requestFocus);
    await("keys come to the window", () -> window.stage().isFocused());
  }

  private void close() throws TimeoutException {
    if (window.stage().isShowing()) {
      FxToolkit.setupFixture(window.stage()::close);
    }
  }

  /**
   * Looks at the caption of that card, by its eye: a key that the display repeats would look away.
   */
  private void look(int card) {
    robot.interact(() -> ((Button) node("#look-" + card)).fire());
  }

  /** Goes to a row with the keyboard, and back if the display repeated a key. */
  private void go(int row) throws TimeoutException {
    while (row() != row) {
      int from = row();
      robot.push(from < row ? KeyCode.J : KeyCode.K);
      await("the row after " + from, () -> row() != from);
    }
  }

  private int row() {
    return Integer.parseInt(text("#place").replaceAll(" of .*", "")) - 1;
  }

  private static List<String> sentences(int row, String track) {
    return SubCaptions.split(
            Objects.requireNonNull(rows.get(row).caption(track)), SubCaptionRule.SENTENCES)
        .stream()
        .map(SubCaption::text)
        .toList();
  }

  /** Waits until each of these sub-captions has its similarity. */
  private void untilFound(List<String> sentences) throws TimeoutException {
    await("found: " + sentences, () -> shown().equals(sentences) && allKnown(sentences.size()));
  }

  /** The sub-captions in the window; FX thread only. */
  private List<String> shown() {
    List<String> texts = new ArrayList<>();
    for (Node line = line(0); line != null; line = line(texts.size())) {
      texts.add(caption(line));
    }
    return texts;
  }

  private boolean allKnown(int lines) {
    return IntStream.range(0, lines)
        .mapToObj(line -> (Labeled) line(line).lookup(".similarity-number"))
        .noneMatch(number -> number.getText().isEmpty());
  }

  private List<String> weak() throws TimeoutException {
    return WaitForAsyncUtils.waitForAsyncFx(
        TimeUnit.SECONDS.toMillis(PATIENCE_SECONDS),
        () -> {
          List<String> texts = shown();
          return IntStream.range(0, texts.size())
              .filter(number -> line(number).lookup(".similarity-weak").isVisible())
              .mapToObj(texts::get)
              .toList();
        });
  }

  private Node line(int number) {
    return node("#sub-caption-" + number);
  }

  /** The card of the caption that was made here, or null; FX thread only. */
  private Node made() {
    return window.stage().getScene().getRoot().lookupAll(".caption-card").stream()
        .filter(card -> card.isVisible() && !caption(card).isEmpty())
        .filter(card -> ((Labeled) card.lookup(".card-name")).getText().startsWith("fused ("))
        .findAny()
        .orElse(null);
  }

  private static String caption(Node of) {
    return ((CaptionText) of.lookup(".caption-text")).getCaption().text();
  }

  private void await(String what, BooleanSupplier condition) throws TimeoutException {
    try {
      WaitForAsyncUtils.waitFor(
          PATIENCE_SECONDS,
          TimeUnit.SECONDS,
          () -> WaitForAsyncUtils.asyncFx(condition::getAsBoolean).get());
    } catch (TimeoutException e) {
      throw new AssertionError(
          "Waited in vain: %s; at %s, notice %s: \"%s %s\", sub-captions %s"
              .formatted(
                  what,
                  text("#place"),
                  node("#ground-notice").isVisible() ? "shown" : "hidden",
                  text("#ground-title"),
                  text("#ground-words"),
                  shown()),
          e);
    }
  }

  private String text(String query) {
    return ((Labeled) node(query)).getText();
  }

  private Node node(String query) {
    return window.stage().getScene().lookup(query);
  }
}
