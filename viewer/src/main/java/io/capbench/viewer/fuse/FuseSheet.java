package io.capbench.viewer.fuse;

import io.capbench.storage.job.Progress;
import io.capbench.viewer.fuse.FuseRowsViewModel.Stage;
import javafx.beans.InvalidationListener;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.Scene;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.ProgressBar;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;
import org.jspecify.annotations.Nullable;
import org.kordamp.ikonli.feather.Feather;
import org.kordamp.ikonli.javafx.FontIcon;

/** Starts, pauses and stops the merging of all rows that the filter shows. FX thread only. */
public final class FuseSheet extends VBox {
  private static final long MINUTE = 60;

  private final FuseRowsViewModel model;
  private final Label summary = new Label();
  private final Label note = new Label();
  private final ProgressBar bar = new ProgressBar();
  private final Label detail = new Label();
  private final HBox far = new HBox(8, bar, detail);
  private final Button start = button("fuse-start", "Fuse");
  private final Button resume = button("fuse-resume", "Go on");
  private final Button pause = button("fuse-pause", "Pause");
  private final Button stop = button("fuse-stop", "Stop");
  private final InvalidationListener refresh = o -> refresh();

  /**
   * Makes a sheet.
   *
   * @param rows how many rows the filter shows
   * @param onModels opens the place where a model is chosen
   * @param onClose closes the sheet; what runs goes on
   */
  public FuseSheet(FuseRowsViewModel model, long rows, Runnable onModels, Runnable onClose) {
    super(10);
    this.model = model;
    setId("fuse-sheet");
    getStyleClass().add("sheet");
    Label title = new Label("Fuse filtered rows");
    title.getStyleClass().add("sheet-title");
    Label hint =
        new Label(
            String.format(
                "Merges the raw and the synthetic caption of the %,d rows that the filter shows"
                    + " into a track of its own. Rows that have one are passed over, so it may be"
                    + " paused or stopped and goes on another time. What you wrote stays.",
                rows));
    hint.getStyleClass().add("sheet-hint");
    hint.setWrapText(true);
    hint.setMinHeight(USE_PREF_SIZE);
    summary.setId("fuse-summary");
    summary.setWrapText(true);
    summary.setMinHeight(USE_PREF_SIZE);
    bar.setMaxWidth(Double.MAX_VALUE);
    HBox.setHgrow(bar, Priority.ALWAYS);
    detail.setId("fuse-detail");
    detail.setMinWidth(USE_PREF_SIZE);
    far.setAlignment(Pos.CENTER_LEFT);
    note.setId("fuse-note");
    note.getStyleClass().add("model-warning");
    note.setGraphic(new FontIcon(Feather.INFO));
    note.setWrapText(true);
    note.setMinHeight(USE_PREF_SIZE);
    getChildren().addAll(title, hint, note, far, summary, buttons(onModels, onClose));
    model.stageProperty().addListener(refresh);
    model.progressProperty().addListener(refresh);
    model.summaryProperty().addListener(refresh);
    sceneProperty().subscribe(this::leftScene);
    refresh();
  }

  private HBox buttons(Runnable onModels, Runnable onClose) {
    start.setDefaultButton(true);
    start.setOnAction(event -> model.start());
    resume.setOnAction(event -> model.resume());
    pause.setOnAction(event -> model.pause());
    stop.setOnAction(event -> model.cancel());
    Button models = button("fuse-models", "Models …");
    models.setOnAction(event -> onModels.run());
    Button close = button("fuse-close", "Close");
    close.setCancelButton(true);
    close.setOnAction(event -> onClose.run());
    Region space = new Region();
    HBox.setHgrow(space, Priority.ALWAYS);
    return new HBox(8, models, space, close, stop, pause, resume, start);
  }

  private static Button button(String id, String text) {
    Button button = new Button(text);
    button.setId(id);
    return button;
  }

  private void leftScene(@Nullable Scene before, @Nullable Scene now) {
    if (now == null) {
      model.stageProperty().removeListener(refresh);
      model.progressProperty().removeListener(refresh);
      model.summaryProperty().removeListener(refresh);
    }
  }

  private void refresh() {
    Stage stage = model.stageProperty().get();
    Progress progress = model.progressProperty().get();
    bar.setProgress(
        progress.bounded() ? (double) progress.done() / Math.max(1, progress.total()) : -1);
    detail.setText(stage == Stage.LOADING ? "loading the model" : words(progress));
    String obstacle = model.obstacle();
    summary.setText(obstacle.isEmpty() ? model.summaryProperty().get() : obstacle);
    shown(summary, !summary.getText().isEmpty());
    shown(far, stage != Stage.IDLE);
    shown(start, stage == Stage.IDLE);
    shown(resume, stage == Stage.PAUSED);
    shown(pause, stage == Stage.RUNNING);
    shown(stop, stage != Stage.IDLE);
    start.setDisable(!obstacle.isEmpty());
    note.setText(model.fuser().note());
    shown(note, !note.getText().isEmpty());
  }

  private String words(Progress progress) {
    if (!progress.bounded()) {
      return "";
    }
    String text = String.format("%,d of %,d rows", progress.done(), progress.total());
    double rate = model.rate();
    if (rate > 0) {
      long left = Math.round((progress.total() - progress.done()) / rate);
      text += String.format(" · %.1f rows/s · %s left", rate, time(left));
    }
    return text;
  }

  private static String time(long seconds) {
    if (seconds < MINUTE) {
      return seconds + " s";
    }
    long minutes = (seconds + MINUTE - 1) / MINUTE;
    return minutes < MINUTE
        ? minutes + " min"
        : minutes / MINUTE + " h " + minutes % MINUTE + " min";
  }

  private static void shown(Node node, boolean shown) {
    node.setVisible(shown);
    node.setManaged(shown);
  }
}
