package io.capbench.viewer.review;

import io.capbench.storage.model.Decision;
import io.capbench.storage.model.Verdict;
import io.capbench.viewer.browse.BrowseViewModel;
import io.capbench.viewer.browse.RowItem;
import javafx.css.PseudoClass;
import javafx.geometry.Pos;
import javafx.scene.control.Button;
import javafx.scene.control.ContentDisplay;
import javafx.scene.control.Label;
import javafx.scene.control.Tooltip;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import org.jspecify.annotations.Nullable;
import org.kordamp.ikonli.feather.Feather;
import org.kordamp.ikonli.javafx.FontIcon;

/** The buttons for deciding on the selected row, each with its key. FX thread only. */
public final class DecisionBar extends HBox {
  private static final PseudoClass CHOSEN = PseudoClass.getPseudoClass("chosen");

  private final BrowseViewModel browse;
  private final Button accept;
  private final Button reject;
  private final Button skip;
  private final Button edit;
  private final Button undo;

  /**
   * Makes the bar.
   *
   * @param onEdit opens the editor
   */
  public DecisionBar(BrowseViewModel browse, ReviewViewModel review, Runnable onEdit) {
    super(6);
    this.browse = browse;
    getStyleClass().add("decision-bar");
    setAlignment(Pos.CENTER);
    accept = button("accept", "Accept", "A", Feather.CHECK, review::accept);
    reject = button("reject", "Reject", "X", Feather.X, review::reject);
    skip = button("skip", "Skip", "Space", Feather.SKIP_FORWARD, review::skip);
    edit = button("edit", "Edit", "E", Feather.EDIT_2, onEdit);
    undo = button("undo", "Undo", "^Z", Feather.ROTATE_CCW, review::undo);
    getChildren().addAll(accept, reject, skip, edit, undo);
    browse.revisionProperty().addListener(o -> refresh());
    browse.currentProperty().addListener(o -> refresh());
    refresh();
  }

  private static Button button(String id, String name, String key, Feather icon, Runnable action) {
    Label badge = new Label(key);
    badge.getStyleClass().add("key-badge");
    Label title = new Label(name);
    title.setMinWidth(USE_PREF_SIZE);
    badge.setMinWidth(USE_PREF_SIZE);
    HBox content = new HBox(5, new FontIcon(icon), title, badge);
    content.setAlignment(Pos.CENTER);
    Button button = new Button(null, content);
    button.setContentDisplay(ContentDisplay.GRAPHIC_ONLY);
    button.setId(id);
    button.setAccessibleText(name);
    button.setTooltip(new Tooltip(name + " (" + key + ")"));
    button.getStyleClass().addAll("decision", "decision-" + id);
    button.setFocusTraversable(false);
    button.setMinWidth(USE_PREF_SIZE);
    button.setMaxWidth(Double.MAX_VALUE);
    button.setOnAction(event -> action.run());
    setHgrow(button, Priority.ALWAYS);
    return button;
  }

  private void refresh() {
    RowItem item = browse.currentProperty().get();
    Decision decision = item == null ? null : browse.decision(item);
    Verdict verdict = decision == null ? null : decision.verdict();
    for (Button button : new Button[] {accept, reject, skip, edit}) {
      button.setDisable(item == null);
    }
    choose(accept, verdict, Verdict.ACCEPTED);
    choose(reject, verdict, Verdict.REJECTED);
    choose(skip, verdict, Verdict.SKIPPED);
    edit.pseudoClassStateChanged(CHOSEN, decision != null && decision.editedText() != null);
    undo.setDisable(browse.rowCountProperty().get() == 0);
  }

  private static void choose(Button button, @Nullable Verdict verdict, Verdict own) {
    button.pseudoClassStateChanged(CHOSEN, verdict == own);
  }
}
