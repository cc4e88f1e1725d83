package io.capbench.viewer.query;

import io.capbench.viewer.browse.BrowseViewModel;
import io.capbench.viewer.dataset.OpenDataset;
import io.capbench.viewer.dataset.QueryViewModel;
import io.capbench.viewer.dataset.WorkbenchViewModel;
import javafx.animation.Animation;
import javafx.animation.KeyFrame;
import javafx.animation.Timeline;
import javafx.geometry.Pos;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.Tooltip;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Region;
import javafx.util.Duration;
import org.kordamp.ikonli.feather.Feather;
import org.kordamp.ikonli.javafx.FontIcon;

/** How many rows there are, also while they are being counted, and a way to stop. */
public final class RowCount extends HBox {
  private static final Duration EVERY = Duration.millis(150);

  private final WorkbenchViewModel workbench;
  private final BrowseViewModel browse;
  private final Label count = new Label();
  private final Button stop = new Button(null, new FontIcon(Feather.X));
  private final Timeline watch;

  /** Counts the rows of that list. */
  public RowCount(WorkbenchViewModel workbench, BrowseViewModel browse) {
    super(4);
    this.workbench = workbench;
    this.browse = browse;
    QueryViewModel query = workbench.query();
    setAlignment(Pos.CENTER_RIGHT);
    count.setId("count");
    count.getStyleClass().add("row-count");
    count.setMinWidth(Region.USE_PREF_SIZE);
    stop.setId("stop");
    stop.getStyleClass().addAll("button-icon", "flat", "task-stop");
    stop.setTooltip(new Tooltip("Stop; what was found stays (Esc)"));
    stop.setAccessibleText("Stop looking for rows");
    stop.setFocusTraversable(false);
    stop.setOnAction(event -> query.cancel());
    getChildren().addAll(count, stop);
    watch = new Timeline(new KeyFrame(EVERY, event -> query.refreshCount()));
    watch.setCycleCount(Animation.INDEFINITE);
    query.growingProperty().subscribe(this::watch);
    workbench.openProperty().addListener(o -> refresh());
    browse.rowCountProperty().addListener(o -> refresh());
    query.runningProperty().addListener(o -> refresh());
    query.growingProperty().addListener(o -> refresh());
    query.stoppedProperty().addListener(o -> refresh());
    refresh();
  }

  private void watch(boolean grows) {
    if (grows) {
      watch.play();
    } else {
      watch.stop();
    }
  }

  private void refresh() {
    OpenDataset open = workbench.openProperty().get();
    QueryViewModel query = workbench.query();
    long rows = browse.rowCountProperty().get();
    boolean runs = query.runningProperty().get();
    stop.setVisible(runs);
    stop.setManaged(runs);
    if (open == null) {
      count.setText("");
    } else if (query.growingProperty().get()) {
      count.setText(String.format("%,d so far …", rows));
    } else if (runs) {
      count.setText("filtering …");
    } else if (query.stoppedProperty().get()) {
      count.setText(String.format("%,d, stopped", rows));
    } else {
      count.setText(String.format("%,d of %,d", rows, open.info().rows()));
    }
    count.setTooltip(
        query.stoppedProperty().get()
            ? new Tooltip("The search was stopped; rows may be missing. F5 searches anew.")
            : null);
  }
}
