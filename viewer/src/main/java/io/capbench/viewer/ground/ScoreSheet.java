package io.capbench.viewer.ground;

import io.capbench.storage.job.Progress;
import io.capbench.storage.model.CaptionTrack;
import java.util.ArrayList;
import java.util.List;
import javafx.beans.InvalidationListener;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.Scene;
import javafx.scene.control.Button;
import javafx.scene.control.CheckBox;
import javafx.scene.control.Label;
import javafx.scene.control.ProgressBar;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;
import org.jspecify.annotations.Nullable;

/** Asks which captions to compare with their images, and shows how far that is. */
public final class ScoreSheet extends VBox {
  private final ScoreViewModel model;
  private final List<CheckBox> tracks = new ArrayList<>();
  private final CheckBox filtered = new CheckBox("Only the rows that the filter shows");
  private final Label summary = new Label();
  private final ProgressBar bar = new ProgressBar();
  private final Label detail = new Label();
  private final Button start = new Button("Score");
  private final Button cancel = new Button("Stop");
  private final InvalidationListener refresh = o -> refresh();

  /**
   * Makes a sheet.
   *
   * @param onModels opens the place where a model is chosen
   * @param onClose closes the sheet; what runs goes on
   */
  public ScoreSheet(ScoreViewModel model, Runnable onModels, Runnable onClose) {
    super(10);
    this.model = model;
    setId("score-sheet");
    getStyleClass().add("sheet");
    Label title = new Label("Score rows");
    title.getStyleClass().add("sheet-title");
    Label hint =
        new Label(
            "How alike each caption and its image are to the model, as a number to filter and sort"
                + " by. Rows that have a score are passed over, so it may be stopped and goes on"
                + " another time.");
    hint.getStyleClass().add("sheet-hint");
    hint.setWrapText(true);
    VBox choice = new VBox(4);
    for (CaptionTrack track : model.tracks()) {
      CheckBox box = new CheckBox(track.name());
      box.setMnemonicParsing(false);
      box.setSelected(true);
      box.selectedProperty().addListener(refresh);
      tracks.add(box);
      choice.getChildren().add(box);
    }
    filtered.selectedProperty().bindBidirectional(model.filteredOnlyProperty());
    summary.setId("score-summary");
    summary.setWrapText(true);
    summary.setMinHeight(USE_PREF_SIZE);
    bar.setMaxWidth(Double.MAX_VALUE);
    HBox.setHgrow(bar, Priority.ALWAYS);
    detail.setMinWidth(USE_PREF_SIZE);
    HBox far = new HBox(8, bar, detail);
    far.setAlignment(Pos.CENTER_LEFT);
    far.managedProperty().bind(far.visibleProperty());
    far.visibleProperty().bind(model.runningProperty());
    getChildren().addAll(title, hint, choice, filtered, far, summary, buttons(onModels, onClose));
    model.runningProperty().addListener(refresh);
    model.progressProperty().addListener(refresh);
    model.summaryProperty().addListener(refresh);
    model.models().stateProperty().addListener(refresh);
    sceneProperty().subscribe(this::leftScene);
    refresh();
  }

  private HBox buttons(Runnable onModels, Runnable onClose) {
    start.setId("score-start");
    start.setDefaultButton(true);
    start.setOnAction(event -> begin());
    cancel.setId("score-stop");
    cancel.setOnAction(event -> model.cancel());
    Button models = new Button("Models …");
    models.setId("score-models");
    models.setOnAction(event -> onModels.run());
    Button close = new Button("Close");
    close.setCancelButton(true);
    close.setOnAction(event -> onClose.run());
    Region space = new Region();
    HBox.setHgrow(space, Priority.ALWAYS);
    return new HBox(8, models, space, close, cancel, start);
  }

  private void leftScene(@Nullable Scene before, @Nullable Scene now) {
    if (now == null) {
      model.runningProperty().removeListener(refresh);
      model.progressProperty().removeListener(refresh);
      model.summaryProperty().removeListener(refresh);
      model.models().stateProperty().removeListener(refresh);
    }
  }

  private void begin() {
    model.start(tracks.stream().filter(CheckBox::isSelected).map(CheckBox::getText).toList());
  }

  private void refresh() {
    boolean running = model.runningProperty().get();
    Progress progress = model.progressProperty().get();
    bar.setProgress(
        progress.bounded() ? (double) progress.done() / Math.max(1, progress.total()) : -1);
    detail.setText(
        model.models().stateProperty().get() instanceof ModelState.Loading
            ? "loading the model"
            : progress.bounded()
                ? String.format("%,d of %,d rows", progress.done(), progress.total())
                : "");
    String obstacle = model.obstacle();
    summary.setText(obstacle.isEmpty() ? model.summaryProperty().get() : obstacle);
    shown(summary, !summary.getText().isEmpty());
    shown(cancel, running);
    shown(start, !running);
    start.setDisable(!obstacle.isEmpty() || tracks.stream().noneMatch(CheckBox::isSelected));
    tracks.forEach(each -> each.setDisable(running));
    filtered.setDisable(running);
  }

  private static void shown(Node node, boolean shown) {
    node.setVisible(shown);
    node.setManaged(shown);
  }
}
