package io.capbench.app;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.capbench.engine.text.SubCaption;
import io.capbench.engine.text.SubCaptionRule;
import io.capbench.engine.text.SubCaptions;
import io.capbench.storage.model.CaptionRow;
import io.capbench.viewer.caption.CaptionText;
import io.capbench.viewer.fixture.FxThread;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.Labeled;
import javafx.scene.input.KeyCode;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The first start: the sample and its models are there, and a person has chosen nothing. */
class ModelsInTheBoxTest {
  private static final int FUSED = 3;
  private static final int LONG_CAPTION = 4;

  @TempDir private static Path shared;
  private static SampleWorld sample;
  private static List<CaptionRow> rows;

  @TempDir private Path folder;
  private AppFolders folders;
  private OpenWindow window;

  @BeforeAll
  static void readTheSample() throws IOException {
    sample = new SampleWorld();
    rows = sample.first(6, shared);
  }

  @BeforeEach
  void startForTheFirstTime() {
    folders =
        new AppFolders(folder.resolve("config"), folder.resolve("data"), folder.resolve("cache"));
    open();
  }

  @AfterEach
  void closeTheWindow() {
    window.close();
  }

  @Test
  void lookingTakesNoChoiceAndSentencesThatWereMadeUpAreMarkedWeak() {
    look(FUSED);
    untilFound(sentences(0, "capsfusion"));
    assertThat(window.text("#ground-note")).isEqualTo(SampleWorld.note(sample.clip()));
    assertThat(window.node("#ground-note").isVisible()).isTrue();

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
  void mergingTakesNoChoiceAndTheCaptionHasWhatOnlyOneOfItsParentsSays() {
    window.push(KeyCode.F);
    window.until("a caption is made", () -> made() != null);

    Node card = Objects.requireNonNull(made());
    assertThat(caption(card))
        .contains("Tindravik", "Emil Renwick-Vale", "orange kite")
        .isNotEqualTo(rows.get(0).caption("capsfusion"));
    window.until(
        "its maker's words stand under it",
        () ->
            ((Labeled) card.lookup("#note-5")).getText().equals(SampleWorld.note(sample.fuser())));
  }

  @Test
  void whatComesWithTheProgramIsNotKeptAsChosenAndIsOfferedToTheNextWindow() throws Exception {
    look(FUSED);
    untilFound(sentences(0, "capsfusion"));
    window.push(KeyCode.F);
    window.until("a caption is made", () -> made() != null);
    window.close();

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
    assertThat(window.text("#ground-note")).isEqualTo(SampleWorld.note(sample.clip()));
    window.push(KeyCode.F);
    window.until(
        "a caption of row 1 is made", () -> made() != null && caption(made()).contains("mug"));
  }

  private void open() {
    window = new OpenWindow(folders, sample.rows(), sample.home());
  }

  /**
   * Looks at the caption of that card, by its eye: a key that the display repeats would look away.
   */
  private void look(int card) {
    FxThread.run(() -> ((Button) window.node("#look-" + card)).fire());
  }

  /** Goes to a row with the keyboard, and back if the display repeated a key. */
  private void go(int row) {
    while (row() != row) {
      int from = row();
      window.push(from < row ? KeyCode.J : KeyCode.K);
      window.until("the row after " + from, () -> row() != from);
    }
  }

  private int row() {
    return Integer.parseInt(window.text("#place").replaceAll(" of .*", "")) - 1;
  }

  private static List<String> sentences(int row, String track) {
    return SubCaptions.split(
            Objects.requireNonNull(rows.get(row).caption(track)), SubCaptionRule.SENTENCES)
        .stream()
        .map(SubCaption::text)
        .toList();
  }

  /** Waits until each of these sub-captions has its similarity. */
  private void untilFound(List<String> sentences) {
    window.until(
        "found: " + sentences, () -> shown().equals(sentences) && allKnown(sentences.size()));
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

  private List<String> weak() {
    return FxThread.call(
        () -> {
          List<String> texts = shown();
          return IntStream.range(0, texts.size())
              .filter(number -> line(number).lookup(".similarity-weak").isVisible())
              .mapToObj(texts::get)
              .toList();
        });
  }

  private Node line(int number) {
    return window.node("#sub-caption-" + number);
  }

  /** The card of the caption that was made here, or null; FX thread only. */
  private Node made() {
    return window.scene().getRoot().lookupAll(".caption-card").stream()
        .filter(card -> card.isVisible() && !caption(card).isEmpty())
        .filter(card -> ((Labeled) card.lookup(".card-name")).getText().startsWith("fused ("))
        .findAny()
        .orElse(null);
  }

  private static String caption(Node of) {
    return ((CaptionText) of.lookup(".caption-text")).getCaption().text();
  }
}
