package io.capbench.app.tour;

import io.capbench.storage.model.CapbenchException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Predicate;
import javafx.scene.Node;
import javafx.scene.control.Labeled;
import javafx.scene.control.TextInputControl;
import javafx.scene.image.ImageView;
import javafx.scene.input.KeyCode;

/** What happens on a tour, step by step. */
final class TourSteps {
  /** A row of the sample whose long caption has an invented sentence, and its number there. */
  private static final int INVENTED_ROW = 5;

  private static final int INVENTED_PART = 4;

  private final Stagehand hand;
  private final TourFolder out;
  private final Consumer<String> say;
  private final boolean models;
  private int pictures;

  /**
   * Steps that nobody has gone yet.
   *
   * @param models whether the demonstration models are there
   */
  TourSteps(Stagehand hand, TourFolder out, boolean models, Consumer<String> say) {
    this.hand = hand;
    this.out = out;
    this.models = models;
    this.say = say;
  }

  /**
   * Goes them all.
   *
   * @throws CapbenchException if one did not happen
   */
  void run() {
    open();
    decide();
    edit();
    undo();
    note();
    look();
    ground();
    fuse();
    filter();
    build();
    export();
    line("The workspace is " + out.workspace());
    line("The export is " + out.export());
    if (!models) {
      throw new CapbenchException(
          "The tour is not whole: the demonstration models are not here, so nothing was looked at"
              + " or fused. They come with Capbench, in samples/models.");
    }
  }

  private void open() {
    hand.await("the sample to open", this::thumbnailsAreHere);
    step("open", "Opened the sample, " + hand.text("count") + " rows");
  }

  private void decide() {
    key("Accepted row 0", KeyCode.A);
    key("Accepted row 1", KeyCode.A);
    key("Rejected row 2", KeyCode.X);
    key("Skipped row 3", KeyCode.SPACE);
    key("Preferred laion_coco", KeyCode.DIGIT2);
    pictureIsHere();
    step(
        "decide", "Accepted with A, rejected with X, skipped with Space, preferred a track with 2");
    key("Accepted row 4", KeyCode.A);
  }

  private void edit() {
    hand.press(KeyCode.E);
    hand.await("the editor", () -> hand.find("editor").isFocused());
    hand.type(" Seen by a person");
    pictureIsHere();
    step("edit", "Wrote a caption with E");
    key("Saved the edited caption", KeyCode.CONTROL, KeyCode.ENTER);
    key("Accepted row 5", KeyCode.A);
  }

  private void undo() {
    key("Rejected row 6", KeyCode.X);
    key("Undid: reject", KeyCode.CONTROL, KeyCode.Z);
    pictureIsHere();
    step("undo", "Took a hasty rejection back with Ctrl+Z");
  }

  private void note() {
    hand.press(KeyCode.T);
    hand.await("the field for tags", () -> hand.find("tag-field").isFocused());
    hand.type("check");
    key("Tagged row 6 \"check\"", KeyCode.ENTER);
    hand.press(KeyCode.ESCAPE);
    hand.await("the rows", () -> !hand.find("overlay").isVisible());
    hand.press(KeyCode.RIGHT);
    hand.press(KeyCode.RIGHT);
    hand.press(KeyCode.H);
    hand.await("the types of spans", () -> hand.find("overlay").isVisible());
    hand.press(KeyCode.A);
    hand.await("the mark", () -> label("message", now -> now.startsWith("Marked ")));
    step("note", "Tagged the row with T, and marked a word as a wrong attribute with H");
    hand.press(KeyCode.ESCAPE);
  }

  private void look() {
    hand.press(KeyCode.HOME);
    hand.press(KeyCode.ENTER);
    pictureIsHere();
    step("focus", "Gave one row the whole window with Enter");
    hand.press(KeyCode.CONTROL, KeyCode.D);
    hand.press(KeyCode.ESCAPE);
    hand.await("the list", this::thumbnailsAreHere);
    pictureIsHere();
    step("dark", "Went back with Escape and to the dark theme with Ctrl+D");
    hand.press(KeyCode.CONTROL, KeyCode.D);
    hand.press(KeyCode.F1);
    hand.await("the keys", () -> hand.find("overlay").isVisible());
    step("keys", "Asked for all keys");
    hand.press(KeyCode.ESCAPE);
    hand.press(KeyCode.M);
    hand.await("the columns", () -> hand.find("overlay").isVisible());
    step("columns", "Looked which columns are captions with M");
    hand.press(KeyCode.ESCAPE);
  }

  /** Looks at a caption with a sentence that is invented. */
  private void ground() {
    if (!models) {
      line("    The demonstration models are not here: nothing is looked at or fused");
      return;
    }
    hand.press(KeyCode.HOME);
    for (int row = 0; row < INVENTED_ROW; row++) {
      hand.press(KeyCode.DOWN);
    }
    hand.press(KeyCode.L);
    hand.await("the model to look", () -> shown(".similarity-number", text -> !text.isEmpty()));
    hand.press(KeyCode.C);
    hand.await("the invented sentence", () -> shown(".similarity-weak", text -> true));
    for (int part = 0; part < INVENTED_PART; part++) {
      hand.press(KeyCode.PERIOD);
    }
    pictureIsHere();
    step("ground", "Looked with L where each sentence is in the picture: one is nowhere");
    hand.press(KeyCode.P);
    step("parts", "Saw all sentences beside each other with P");
    hand.press(KeyCode.P);
    hand.press(KeyCode.L);
  }

  private void fuse() {
    if (!models) {
      return;
    }
    hand.press(KeyCode.HOME);
    hand.press(KeyCode.F);
    hand.await("the fused caption", () -> shown(".card-note", text -> !text.isEmpty()));
    hand.await("the list", this::thumbnailsAreHere);
    pictureIsHere();
    step("fuse", "Merged alt-text and synthetic caption into one with F");
  }

  /** Whether a label of that style is seen whose text is like that. */
  private boolean shown(String style, Predicate<String> text) {
    return hand.all(style).stream()
        .anyMatch(
            node -> node instanceof Labeled label && seen(node) && text.test(label.getText()));
  }

  private static boolean seen(Node node) {
    for (Node each = node; each != null; each = each.getParent()) {
      if (!each.isVisible()) {
        return false;
      }
    }
    return true;
  }

  private void filter() {
    String all = hand.text("count");
    hand.press(KeyCode.CONTROL, KeyCode.F);
    hand.await("the search field", () -> hand.find("search").isFocused());
    hand.type("bicycle");
    hand.press(KeyCode.ENTER);
    hand.await("the filter", () -> label("count", now -> now.contains(" of ") && !now.equals(all)));
    hand.await("the hits", this::thumbnailsAreHere);
    pictureIsHere();
    step("filter", "Searched all captions for bicycle: " + hand.text("count") + " rows");
  }

  private void build() {
    String found = hand.text("count");
    hand.press(KeyCode.CONTROL, KeyCode.F);
    hand.press(KeyCode.ESCAPE);
    hand.await("all rows", () -> label("count", now -> now.contains(" of ") && !now.equals(found)));
    hand.press(KeyCode.ESCAPE);
    hand.press(KeyCode.I);
    hand.press(KeyCode.CONTROL, KeyCode.SHIFT, KeyCode.F);
    where(
        "words(capsfusion) >= 30 AND provenance.neither > 0.1"
            + " AND (flags.prompt_leak) IS NOT TRUE");
    hand.await("the facets", () -> !hand.find("facets").lookupAll(".bucket").isEmpty());
    hand.await("the shares", this::sharesAreCounted);
    hand.await("the hits", this::thumbnailsAreHere);
    pictureIsHere();
    step("build", "Built a filter line by line beside facets of its rows: " + hand.text("count"));
    where("");
    hand.press(KeyCode.ESCAPE);
    hand.press(KeyCode.I);
  }

  /** Writes conditions into the builder as SQL, which become its lines, and waits for the rows. */
  private void where(String sql) {
    String before = hand.text("count");
    hand.onFx(
        () -> {
          TextInputControl field = (TextInputControl) hand.find("builder-where");
          field.setText(sql);
          field.requestFocus();
          return true;
        });
    hand.press(KeyCode.ENTER);
    hand.await(
        "the filter", () -> label("count", now -> now.contains(" of ") && !now.equals(before)));
  }

  private boolean sharesAreCounted() {
    return hand.find("facets").lookupAll(".sidebar-title").stream()
        .anyMatch(
            title ->
                title instanceof Labeled label && label.getText().startsWith("Share of words"));
  }

  private void export() {
    hand.press(KeyCode.CONTROL, KeyCode.E);
    hand.await("the export sheet", () -> hand.find("overlay").isVisible());
    hand.onFx(
        () -> {
          ((TextInputControl) hand.find("export-folder")).setText(out.export().toString());
          hand.find("export-run").requestFocus();
          return true;
        });
    hand.press(KeyCode.ENTER);
    hand.await("the export", () -> label("export-result", now -> !now.isEmpty()));
    step("export", "Exported the accepted rows. " + hand.text("export-result").replace('\n', ' '));
  }

  /** Presses keys and waits until the window says what they did. */
  private void key(String message, KeyCode... keys) {
    hand.press(keys);
    hand.await("\"" + message + "\"", () -> label("message", message::equals));
  }

  private void pictureIsHere() {
    hand.await(
        "the picture",
        () -> {
          Node pane = hand.find("picture");
          return pane.lookupAll(".image-view").stream()
              .anyMatch(node -> node instanceof ImageView view && view.getImage() != null);
        });
  }

  private boolean thumbnailsAreHere() {
    List<Node> frames =
        hand.find("rows").lookupAll(".thumbnail").stream()
            .filter(frame -> frame.isVisible() && frame.getParent().isVisible())
            .toList();
    return !frames.isEmpty()
        && frames.stream()
            .flatMap(frame -> frame.lookupAll(".image-view").stream())
            .allMatch(node -> node instanceof ImageView view && view.getImage() != null);
  }

  private boolean label(String id, Predicate<String> test) {
    return hand.find(id) instanceof Labeled label && test.test(label.getText());
  }

  private void step(String name, String words) {
    Path file = out.picture(++pictures, name);
    hand.picture(file);
    line("%2d  %s → %s".formatted(pictures, words, file.getFileName()));
  }

  private void line(String text) {
    say.accept(text);
    try {
      Files.writeString(out.notes(), text + System.lineSeparator(), StandardOpenOption.APPEND);
    } catch (IOException e) {
      throw new CapbenchException(out.notes() + " cannot be written: " + e, e);
    }
  }
}
