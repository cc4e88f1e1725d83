package io.capbench.viewer.compare;

import io.capbench.storage.model.CaptionTrack;
import io.capbench.storage.model.Decision;
import io.capbench.viewer.browse.BrowseViewModel;
import io.capbench.viewer.browse.RowItem;
import io.capbench.viewer.caption.MarkedCaption;
import io.capbench.viewer.fuse.FuseState;
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
import java.util.ArrayList;
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
  private final FuseViewModel fuse;
  private final SubCaptionList parts;
  private final VBox cards = new VBox(8);
  private final EditCard edited;
  private final FusingCard fusing;
  private final FlowPane tags = new FlowPane(6, 4);
  private final Map<String, CaptionCard> byTrack = new LinkedHashMap<>();
  private int fusedEnd;
  private boolean following;
  private boolean scrolling;

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
    this.fuse = fuse;
    this.parts = new SubCaptionList(ground);
    this.edited = new EditCard(review);
    this.fusing = new FusingCard(fuse);
    getStyleClass().addAll("cards", "edge-to-edge");
    cards.getStyleClass().add("cards-box");
    cards.getChildren().addAll(tags, edited);
    setContent(cards);
    setFitToWidth(true);
    setHbarPolicy(ScrollBarPolicy.NEVER);
    setFocusTraversable(false);
    browse.revisionProperty().addListener(o -> refresh());
    browse
        .selectedProperty()
        .addListener(
            o -> {
              following = false;
              scrollTo(0);
            });
    vvalueProperty().addListener(o -> following &= scrolling);
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
    fuse.stateProperty().addListener((o, was, now) -> fusingChanged(was, now));
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
    Map<String, CaptionCard> before = Map.copyOf(byTrack);
    byTrack.clear();
    CardOrder order = CardOrder.of(tracks);
    fusedEnd = order.end();
    for (CaptionTrack track : order.tracks()) {
      int number = tracks.indexOf(track) + 1;
      CaptionCard card = before.get(track.name());
      byTrack.put(
          track.name(),
          card != null && card.is(track, number)
              ? card
              : new CaptionCard(
                  track, number, review.spans(), () -> review.prefer(track), () -> look(track)));
    }
    List<Node> nodes = new ArrayList<>(byTrack.values());
    nodes.add(order.end(), fusing);
    cards.getChildren().retainAll(List.of(tags, edited)); // whoever writes keeps the keyboard
    cards.getChildren().addAll(nodes);
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
    fusing.show(item);
    showMade(item);
  }

  /** A caption that is being made is followed until a person scrolls. */
  private void fusingChanged(@Nullable FuseState was, FuseState now) {
    if (was == null || was.getClass() != now.getClass()) {
      following = following || now instanceof FuseState.Waiting || now instanceof FuseState.Failed;
    }
    RowItem item = browse.currentProperty().get();
    if (item != null) {
      showMade(item);
    }
    if (following && fusing.isVisible()) {
      revealSoon(fusing);
    }
    following &= !(now instanceof FuseState.Idle) && !(now instanceof FuseState.Failed);
  }

  /**
   * The growing text stands where the card of its track does, and gives its place to that as soon
   * as it has the caption. A caption that was there before is seen until the first words come.
   */
  private void showMade(RowItem item) {
    FuseState state = fuse.stateProperty().get();
    String track = fusing.isVisible() ? state.track() : null;
    placeFusing(track);
    String fused = madeHere(state, item) ? state.track() : null;
    boolean replaces = !(state instanceof FuseState.Waiting);
    byTrack.forEach(
        (name, card) -> {
          boolean hidden = name.equals(track) && (replaces || item.captions().get(name) == null);
          card.setVisible(!hidden);
          card.setManaged(!hidden);
          card.tell(name.equals(fused) ? fuse.fuser().note() : "");
        });
    if (following && state instanceof FuseState.Fused made && !fusing.isVisible()) {
      following = false;
      byTrack.forEach(
          (name, card) -> {
            MarkedCaption caption = item.captions().get(name);
            if (card.isFused() && caption != null && caption.text().equals(made.text().text())) {
              revealSoon(card);
            }
          });
    }
  }

  private static boolean madeHere(FuseState state, RowItem item) {
    return state instanceof FuseState.Fused fused && fused.row().equals(item.row().key());
  }

  private void placeFusing(@Nullable String track) {
    CaptionCard card = track == null ? null : byTrack.get(track);
    List<Node> others = new ArrayList<>(cards.getChildren());
    others.remove(fusing);
    int place = card == null ? others.indexOf(edited) + 1 + fusedEnd : others.indexOf(card) + 1;
    if (cards.getChildren().indexOf(fusing) != place) {
      cards.getChildren().remove(fusing);
      cards.getChildren().add(place, fusing);
    }
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
      scrollTo(Math.min(1, Math.max(0, place.getMinY() - MARGIN) / hidden));
    }
  }

  private void scrollTo(double value) {
    scrolling = true;
    setVvalue(value);
    scrolling = false;
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
