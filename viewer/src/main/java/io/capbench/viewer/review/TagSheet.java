package io.capbench.viewer.review;

import io.capbench.storage.model.Decision;
import io.capbench.viewer.browse.BrowseViewModel;
import io.capbench.viewer.browse.RowItem;
import io.capbench.viewer.theme.ProblemMark;
import java.util.List;
import javafx.css.PseudoClass;
import javafx.scene.Node;
import javafx.scene.Scene;
import javafx.scene.control.Label;
import javafx.scene.control.TextField;
import javafx.scene.input.KeyEvent;
import javafx.scene.layout.FlowPane;
import javafx.scene.layout.VBox;
import org.jspecify.annotations.Nullable;

/**
 * A field for tags of one row, which stays that row whatever the list shows meanwhile. FX thread
 * only.
 */
public final class TagSheet extends VBox {
  private static final PseudoClass CHOSEN = PseudoClass.getPseudoClass("chosen");

  private final BrowseViewModel browse;
  private final TagViewModel tags;
  private final RowItem item;
  private final Runnable onClose;
  private final FlowPane chips = new FlowPane(6, 6);
  private final TextField field = new TextField();
  private final Label problem = new Label();
  private final VBox suggested = new VBox();
  private final Runnable stop;
  private List<String> suggestions = List.of();
  private int chosen = -1;

  /**
   * Makes a sheet for the row that is selected.
   *
   * @param item the row
   * @param onClose closes the sheet
   */
  public TagSheet(BrowseViewModel browse, TagViewModel tags, RowItem item, Runnable onClose) {
    super(10);
    this.browse = browse;
    this.tags = tags;
    this.item = item;
    this.onClose = onClose;
    setId("tag-sheet");
    getStyleClass().addAll("sheet", "small-sheet");
    Label title = new Label("Tags of row " + item.row().key().row());
    title.getStyleClass().add("card-name");
    field.setId("tag-field");
    field.setPromptText("A tag, then Enter");
    field.setAccessibleText("Tag");
    field.addEventFilter(KeyEvent.KEY_PRESSED, this::key);
    field.textProperty().addListener(o -> suggest());
    problem.getStyleClass().add("sheet-problem");
    ProblemMark.on(problem);
    problem.setWrapText(true);
    getChildren().addAll(title, chips, field, problem, suggested);
    var known = tags.knownProperty().subscribe(now -> suggest());
    var noted = browse.revisionProperty().subscribe(now -> refresh());
    stop = known.and(noted)::unsubscribe;
    sceneProperty().subscribe(this::leftScene);
    tags.refresh();
    refresh();
  }

  private void leftScene(@Nullable Scene before, @Nullable Scene now) {
    if (now == null) {
      stop.run();
    }
  }

  /** Gives the field the keyboard. */
  public void focusField() {
    field.requestFocus();
  }

  private void key(KeyEvent event) {
    switch (event.getCode()) {
      case ENTER -> enter();
      case DOWN -> choose(chosen + 1);
      case UP -> choose(chosen - 1);
      default -> {
        return;
      }
    }
    event.consume();
  }

  private void enter() {
    String text = chosen < 0 ? field.getText() : suggestions.get(chosen);
    if (text.isBlank()) {
      onClose.run();
      return;
    }
    if (tags.problem(text).isEmpty()) {
      tags.add(item.row(), text);
      field.clear();
    }
    suggest();
  }

  private void choose(int index) {
    chosen = Math.max(-1, Math.min(index, suggestions.size() - 1));
    for (int i = 0; i < suggested.getChildren().size(); i++) {
      suggested.getChildren().get(i).pseudoClassStateChanged(CHOSEN, i == chosen);
    }
  }

  private void suggest() {
    suggestions = tags.suggestions(field.getText(), present());
    suggested.getChildren().setAll(suggestions.stream().map(this::suggestion).toList());
    choose(-1);
    String text = field.getText();
    problem.setText(text.isBlank() ? "" : tags.problem(text).orElse(""));
    visible(problem, !problem.getText().isEmpty());
  }

  private Label suggestion(String tag) {
    Label label = new Label(tag);
    label.getStyleClass().add("tag-suggestion");
    label.setMaxWidth(Double.MAX_VALUE);
    label.setOnMouseClicked(
        event -> {
          tags.add(item.row(), tag);
          field.clear();
        });
    return label;
  }

  private List<String> present() {
    RowItem shown = browse.currentProperty().get();
    boolean same = shown != null && shown.row().key().equals(item.row().key());
    Decision decision = browse.decision(same ? shown : item);
    return decision == null ? List.of() : decision.tags();
  }

  private void refresh() {
    chips
        .getChildren()
        .setAll(
            present().stream()
                .map(tag -> new Chip(tag, tag, () -> tags.remove(item.row(), tag)))
                .toList());
    visible(chips, !chips.getChildren().isEmpty());
    suggest();
  }

  private static void visible(Node node, boolean visible) {
    node.setVisible(visible);
    node.setManaged(visible);
  }
}
