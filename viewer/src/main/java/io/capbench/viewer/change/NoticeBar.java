package io.capbench.viewer.change;

import java.util.function.Consumer;
import javafx.geometry.Pos;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.Tooltip;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import org.jspecify.annotations.Nullable;
import org.kordamp.ikonli.feather.Feather;
import org.kordamp.ikonli.javafx.FontIcon;

/** The notice of a {@link ChangeViewModel} with what can be done about it. FX thread only. */
public final class NoticeBar extends HBox {
  private final ChangeViewModel model;
  private final Consumer<Notice.Reanchored> onUnmatched;
  private final Runnable onActed;
  private final Label text = new Label();
  private final Button act = new Button();
  private final Button dismiss = new Button(null, new FontIcon(Feather.X));

  /**
   * Makes the bar; it is there while there is a notice.
   *
   * @param onUnmatched shows the decisions that found no row
   * @param onActed gives the keyboard back to the rows after a click in the bar
   */
  public NoticeBar(
      ChangeViewModel model, Consumer<Notice.Reanchored> onUnmatched, Runnable onActed) {
    super(10);
    this.model = model;
    this.onUnmatched = onUnmatched;
    this.onActed = onActed;
    setId("notice");
    getStyleClass().add("notice-bar");
    setAlignment(Pos.CENTER_LEFT);
    text.setId("notice-text");
    text.setWrapText(true);
    text.setMinWidth(0);
    HBox.setHgrow(text, Priority.ALWAYS);
    text.setMaxWidth(Double.MAX_VALUE);
    act.setId("notice-act");
    act.getStyleClass().add("small");
    act.setMinWidth(Region.USE_PREF_SIZE);
    act.setTooltip(new Tooltip("N, then Enter"));
    dismiss.setId("notice-dismiss");
    dismiss.getStyleClass().addAll("button-icon", "flat", "small");
    dismiss.setTooltip(new Tooltip("Take this notice away"));
    dismiss.setAccessibleText("Take this notice away");
    dismiss.setOnAction(event -> act(model::dismiss));
    getChildren().addAll(new FontIcon(Feather.ALERT_CIRCLE), text, act, dismiss);
    model.noticeProperty().subscribe(this::show);
  }

  /** Gives the keyboard to what can be done about the notice, if there is one. */
  public void begin() {
    if (isVisible()) {
      (act.isVisible() ? act : dismiss).requestFocus();
    }
  }

  private void show(@Nullable Notice notice) {
    setVisible(notice != null);
    setManaged(notice != null);
    text.setText(notice == null ? "" : notice.text());
    if (notice instanceof Notice.FilesChanged) {
      offer("Open again", model::reopen);
    } else if (notice instanceof Notice.DecisionsWithoutRows) {
      offer("Find their rows", model::reanchor);
    } else if (notice instanceof Notice.Reanchored done && !done.report().unmatched().isEmpty()) {
      offer("Show those without a row", () -> onUnmatched.accept(done));
    } else {
      offer("", () -> {});
    }
  }

  private void offer(String words, Runnable action) {
    act.setText(words);
    act.setVisible(!words.isEmpty());
    act.setManaged(!words.isEmpty());
    act.setOnAction(event -> act(action));
  }

  private void act(Runnable action) {
    onActed.run(); // first, since the action may open a sheet that takes the keyboard
    action.run();
  }
}
