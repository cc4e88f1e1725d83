package io.capbench.viewer.compare;

import io.capbench.storage.model.CaptionSpan;
import io.capbench.storage.model.CaptionTrack;
import io.capbench.storage.model.Decision;
import io.capbench.storage.model.TrackRole;
import io.capbench.viewer.browse.RowItem;
import io.capbench.viewer.caption.MarkedCaption;
import io.capbench.viewer.ground.LookedAt;
import io.capbench.viewer.ground.SubCaptionList;
import io.capbench.viewer.review.Chip;
import io.capbench.viewer.review.SpanViewModel;
import io.capbench.viewer.review.WordSelection;
import java.util.List;
import javafx.css.PseudoClass;
import javafx.geometry.Pos;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.Tooltip;
import javafx.scene.layout.FlowPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.StackPane;
import javafx.scene.layout.VBox;
import org.jspecify.annotations.Nullable;
import org.kordamp.ikonli.feather.Feather;
import org.kordamp.ikonli.javafx.FontIcon;

/** One caption of the selected row with its track's name and role. FX thread only. */
final class CaptionCard extends VBox {
  private static final PseudoClass PREFERRED = PseudoClass.getPseudoClass("preferred");
  private static final PseudoClass LOOKED = PseudoClass.getPseudoClass("looked");
  private static final PseudoClass EMPTY = PseudoClass.getPseudoClass("empty");

  /** What a card lays out at most; a caption of a book's length would stop the window. */
  private static final int SHOWN = SpanViewModel.SHOWN;

  /** How many characters of marked words a chip says. */
  private static final int QUOTED = 30;

  private final CaptionTrack track;
  private final int number;
  private final SpanViewModel model;
  private final SelectableCaption text;
  private final FlowPane chips = new FlowPane(6, 4);
  private final StackPane body = new StackPane();
  private final Label words = new Label();
  private final Label more = new Label();
  private final Label note = new Label();
  private final Button look = new Button(null, new FontIcon(Feather.EYE));
  private final Button prefer = new Button(null, new FontIcon(Feather.STAR));

  CaptionCard(
      CaptionTrack track, int number, SpanViewModel model, Runnable onPrefer, Runnable onLook) {
    this.track = track;
    this.number = number;
    this.model = model;
    text = new SelectableCaption(track.name(), model);
    getStyleClass().addAll("caption-card", "role-" + track.role().id());
    Label key = new Label(number <= 9 ? String.valueOf(number) : "");
    key.getStyleClass().add("key-badge");
    key.setVisible(number <= 9);
    key.setManaged(number <= 9);
    Label name = new Label(track.name());
    name.getStyleClass().add("card-name");
    Label role = new Label(track.role().id());
    role.getStyleClass().add("role-chip");
    role.setVisible(!track.role().id().equals(track.name()));
    words.getStyleClass().add("card-words");
    Region space = new Region();
    HBox.setHgrow(space, Priority.ALWAYS);
    prefer.getStyleClass().addAll("flat", "prefer-button");
    prefer.setFocusTraversable(false);
    prefer.setTooltip(new Tooltip("Prefer this caption (" + number + ")"));
    prefer.setAccessibleText("Prefer " + track.name());
    prefer.setOnAction(event -> onPrefer.run());
    look.setId("look-" + number);
    look.getStyleClass().addAll("flat", "look-button");
    look.setFocusTraversable(false);
    look.setTooltip(new Tooltip("Look where it is in the image (L)"));
    look.setAccessibleText("Look where " + track.name() + " is in the image");
    look.setOnAction(event -> onLook.run());
    HBox buttons = new HBox(0, look, prefer);
    HBox head = new HBox(8, key, name, role, space, words, buttons);
    head.setAlignment(Pos.CENTER_LEFT);
    head.setMinHeight(Region.USE_PREF_SIZE);
    more.getStyleClass().add("card-words");
    more.setWrapText(true);
    note.setId("note-" + number);
    note.getStyleClass().addAll("card-words", "card-note");
    note.setWrapText(true);
    note.managedProperty().bind(note.visibleProperty());
    tell("");
    body.getChildren().setAll(text);
    getChildren().addAll(head, body, more, note, chips);
  }

  /** Says something of whoever made the caption; empty for nothing. */
  void tell(String sentence) {
    note.setText(sentence);
    note.setVisible(!sentence.isEmpty());
  }

  /** Whether it is the card of a track with that number. */
  boolean is(CaptionTrack other, int otherNumber) {
    return track.equals(other) && number == otherNumber;
  }

  /** Whether its track is of fused captions. */
  boolean isFused() {
    return track.role() == TrackRole.FUSED;
  }

  /**
   * Shows the caption of a row.
   *
   * @param caption with marks, or null if the row has none
   * @param decision what holds for the row, or null
   * @param selection the words that are selected in this caption, or null
   * @param looked this caption if it is looked at, or null
   * @param parts shows a caption that is looked at; this card has it only then
   */
  void show(
      RowItem item,
      @Nullable MarkedCaption caption,
      @Nullable Decision decision,
      @Nullable WordSelection selection,
      @Nullable LookedAt looked,
      SubCaptionList parts) {
    pseudoClassStateChanged(
        PREFERRED, decision != null && track.name().equals(decision.preferredTrack()));
    pseudoClassStateChanged(EMPTY, caption == null);
    prefer.setDisable(caption == null);
    List<CaptionSpan> spans =
        decision == null
            ? List.of()
            : decision.spans().stream().filter(span -> track.name().equals(span.track())).toList();
    look.setDisable(caption == null);
    LookedAt here = looked != null && looked.row().key().equals(item.row().key()) ? looked : null;
    pseudoClassStateChanged(LOOKED, here != null);
    text.show(caption, spans, selection);
    if (here != null && caption != null) {
      parts.show(here, text.shown());
      if (!body.getChildren().contains(parts)) {
        body.getChildren().setAll(parts);
      }
    } else if (!body.getChildren().contains(text)) {
      body.getChildren().setAll(text);
    }
    words.setText(caption == null ? "" : count(caption.text()));
    chips.getChildren().setAll(spans.stream().map(span -> chip(item, caption, span)).toList());
    chips.setVisible(!spans.isEmpty());
    chips.setManaged(!spans.isEmpty());
    int length = caption == null ? 0 : caption.text().length();
    boolean cut = length > SHOWN;
    more.setText(
        String.format(
            "The first %,d of %,d characters are shown; edits and exports keep them all.",
            SHOWN, length));
    more.setVisible(cut);
    more.setManaged(cut);
  }

  private Chip chip(RowItem item, @Nullable MarkedCaption caption, CaptionSpan span) {
    String shown = caption == null ? "" : caption.text();
    String marked = span.end() <= shown.length() ? shown.substring(span.start(), span.end()) : "";
    String name = model.types().name(span.type());
    return new Chip(
        name + ": " + (marked.length() > QUOTED ? marked.substring(0, QUOTED) + "…" : marked),
        name + ", marked by " + span.annotator() + ":\n" + marked,
        () -> model.remove(item.row(), span));
  }

  private static String count(String text) {
    int words = 0;
    boolean inWord = false;
    for (int i = 0; i < text.length(); i++) {
      boolean space = Character.isWhitespace(text.charAt(i));
      if (!space && !inWord) {
        words++;
      }
      inWord = !space;
    }
    return words == 1 ? "1 word" : String.format("%,d words", words);
  }
}
