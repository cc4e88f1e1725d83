package io.capbench.viewer.compare;

import io.capbench.storage.model.CaptionTrack;
import io.capbench.storage.model.Decision;
import io.capbench.viewer.browse.BrowseViewModel;
import io.capbench.viewer.browse.RowItem;
import io.capbench.viewer.fuse.FuseViewModel;
import io.capbench.viewer.fuse.FusingCard;
import io.capbench.viewer.ground.GroundViewModel;
import io.capbench.viewer.ground.LookedAt;
import io.capbench.viewer.ground.SubCaptionList;
import io.capbench.viewer.ground.WordRange;
import io.capbench.viewer.review.Chip;
import io.capbench.viewer.review.Draft;
import io.capbench.viewer.review.EditCard;
import io.capbench.viewer.review.ReviewViewModel;
import io.capbench.viewer.review.WordSelection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import javafx.application.Platform;
import javafx.geometry.Bounds;
import javafx.scene.Node;
import javafx.scene.control.ScrollPane;
import javafx.scene.layout.FlowPane;
import javafx.scene.layout.VBox;
import org.jspecify.annotations.Nullable;

/**
 * The captions of the selected row, one card a track, and the one a person writes. FX thread only.
 */
public final class CardsView extends ScrollPane {
  private static final double MARGIN = 8;

  private final BrowseViewModel browse;
  private final ReviewViewModel review;
  private final GroundViewModel ground;
  private final SubCaptionList parts;
  private final VBox cards = new VBox(8);
  private final EditCard edited;
  private final FusingCard fusing;
  private final FlowPane tags = new FlowPane(6, 4);
  private final Map<String, CaptionCard> byTrack = new LinkedHashMap<>();

  /**
   * Makes the cards.
   *
   * @param browse whose selected row is shown
   * @param review what is decided on it
   * @param ground which of its captions is looked at
   * @param fuse what is being made of its captions
   */
  public CardsView(
      BrowseViewModel browse, ReviewViewModel review, GroundViewModel ground, FuseViewModel fuse) {
    this.browse = browse;
    this.review = review;
    this.ground = ground;
    this.parts = new SubCaptionList(ground);
    this.edited = new EditCard(review);
    this.fusing = new FusingCard(fuse);
    getStyleClass().addAll("cards", "edge-to-edge");
    cards.getStyleClass().add("cards-box");
    setContent(cards);
    setFitToWidth(true);
    setHbarPolicy(ScrollBarPolicy.NEVER);
    setFocusTraversable(false);
    browse.revisionProperty().addListener(o -> refresh());
    browse.selectedProperty().addListener(o -> setVvalue(0));
    browse.currentProperty().addListener(o -> refresh());
    review.draftProperty().addListener(o -> refresh());
    review.spans().selectionProperty().addListener(o -> refresh());
    review.spans().selectionProperty().subscribe(this::reveal);
    tags.setId("tags");
    ground.lookedProperty().addListener(o -> refresh());
    ground
        .lookedProperty()
        .subscribe(now -> review.spans().beginIn(now == null ? "" : now.track()));
    ground.lookedProperty().subscribe(now -> lookAtSelection());
    review.spans().selectionProperty().subscribe(now -> lookAtSelection());
    parts.setOnChosen(this::revealSoon);
    ground.lookedProperty().subscribe(this::revealLooked);
  }

  /** Gives the editor the keyboard, if it is open. */
  public void focusEditor() {
    edited.focusEditor();
  }

  /** What is in the editor, to be kept when the person goes elsewhere. */
  public String editedText() {
    return edited.editedText();
  }

  /** Makes cards for other tracks. */
  public void setTracks(List<CaptionTrack> tracks) {
    byTrack.clear();
    for (int i = 0; i < tracks.size(); i++) {
      CaptionTrack track = tracks.get(i);
      byTrack.put(
          track.name(),
          new CaptionCard(
              track, i + 1, review.spans(), () -> review.prefer(track), () -> look(track)));
    }
    cards.getChildren().setAll(tags, edited, fusing);
    cards.getChildren().addAll(byTrack.values());
    refresh();
  }

  private void refresh() {
    RowItem item = browse.currentProperty().get();
    cards.setVisible(item != null);
    cards.setManaged(item != null);
    if (item == null) {
      return;
    }
    Decision decision = browse.decision(item);
    WordSelection selection = review.spans().selectionProperty().get();
    boolean here = selection != null && selection.row().key().equals(item.row().key());
    LookedAt looked = ground.lookedProperty().get();
    byTrack.forEach(
        (name, card) ->
            card.show(
                item,
                item.captions().get(name),
                decision,
                here && name.equals(selection.track()) ? selection : null,
                looked != null && name.equals(looked.track()) ? looked : null,
                parts));
    showTags(item, decision == null ? List.of() : decision.tags());
    edited.show(draftOf(item), browse.written(item), decision);
    fusing.show(item.row().key());
  }

  private void showTags(RowItem item, List<String> names) {
    tags.getChildren()
        .setAll(
            names.stream()
                .map(
                    tag -> new Chip(tag, "Tag " + tag, () -> review.tags().remove(item.row(), tag)))
                .toList());
    tags.setVisible(!names.isEmpty());
    tags.setManaged(!names.isEmpty());
  }

  /** Scrolls to the card in which words are selected with the keyboard. */
  private void reveal(@Nullable WordSelection selection) {
    CaptionCard card = selection == null ? null : byTrack.get(selection.track());
    if (card != null) {
      reveal(card);
    }
  }

  /** The caption that is looked at is to be seen on every row. */
  private void revealLooked(@Nullable LookedAt looked) {
    CaptionCard card = looked == null ? null : byTrack.get(looked.track());
    if (card != null) {
      revealSoon(card);
    }
  }

  /** Scrolls once everything has its place. */
  private void revealSoon(Node node) {
    Platform.runLater(
        () -> {
          applyCss();
          layout();
          reveal(node);
        });
  }

  /** Scrolls to something in a card, unless all of it is to be seen. */
  private void reveal(Node node) {
    double hidden = cards.getHeight() - getViewportBounds().getHeight();
    if (hidden <= 0 || node.getScene() == null) {
      return;
    }
    Bounds place = cards.sceneToLocal(node.localToScene(node.getBoundsInLocal()));
    double from = getVvalue() * hidden;
    if (place.getMinY() < from || place.getMaxY() > from + getViewportBounds().getHeight()) {
      setVvalue(Math.min(1, Math.max(0, place.getMinY() - MARGIN) / hidden));
    }
  }

  /** Words that are selected are shown on the picture: what the mouse does, the keys do too. */
  private void lookAtSelection() {
    WordSelection words = review.spans().selectionProperty().get();
    LookedAt looked = ground.lookedProperty().get();
    boolean here =
        words != null
            && looked != null
            && words.track().equals(looked.track())
            && words.row().key().equals(looked.row().key());
    ground.words().select(here ? new WordRange(words.start(), words.end()) : null);
  }

  private void look(CaptionTrack track) {
    LookedAt looked = ground.lookedProperty().get();
    if (looked != null && looked.track().equals(track.name())) {
      ground.stop();
    } else {
      ground.look(track.name());
    }
  }

  private @Nullable Draft draftOf(RowItem item) {
    Draft draft = review.draftProperty().get();
    return draft != null && draft.row().key().equals(item.row().key()) ? draft : null;
  }
}
