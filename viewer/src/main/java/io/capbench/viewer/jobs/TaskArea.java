package io.capbench.viewer.jobs;

import io.capbench.viewer.theme.ProblemMark;
import java.util.HashMap;
import java.util.Map;
import javafx.animation.PauseTransition;
import javafx.collections.ListChangeListener;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.ProgressBar;
import javafx.scene.control.Tooltip;
import javafx.scene.layout.HBox;
import javafx.util.Duration;
import org.kordamp.ikonli.feather.Feather;
import org.kordamp.ikonli.javafx.FontIcon;

/** The running jobs in the status bar, each with progress and a cancel button. FX thread only. */
public final class TaskArea extends HBox {
  /** Work that is over sooner is not shown: a flash helps nobody. */
  private static final Duration SLOW = Duration.millis(250);

  private final JobsViewModel model;
  private final Map<JobItem, Node> nodes = new HashMap<>();

  /** Makes the area. */
  public TaskArea(JobsViewModel model) {
    super(16);
    this.model = model;
    getStyleClass().add("task-area");
    setAlignment(Pos.CENTER_RIGHT);
    model
        .items()
        .addListener(
            (ListChangeListener<JobItem>)
                change -> {
                  while (change.next()) {
                    change.getAddedSubList().forEach(this::add);
                    change.getRemoved().forEach(item -> getChildren().remove(nodes.remove(item)));
                  }
                });
  }

  private void add(JobItem item) {
    Node node = node(item);
    nodes.put(item, node);
    PauseTransition wait = new PauseTransition(SLOW);
    wait.setOnFinished(
        event -> {
          if (model.items().contains(item)) {
            getChildren().add(node);
          }
        });
    wait.play();
  }

  private Node node(JobItem item) {
    Label title = new Label(item.handle().title());
    ProgressBar bar = new ProgressBar();
    bar.progressProperty().bind(item.fractionProperty());
    bar.getStyleClass().add("small");
    Label detail = new Label();
    detail.getStyleClass().add("task-detail");
    detail.textProperty().bind(item.detailProperty());
    Button stop = new Button(null, new FontIcon(Feather.X));
    stop.getStyleClass().addAll("flat", "task-stop");
    stop.setTooltip(new Tooltip("Cancel"));
    stop.setAccessibleText("Cancel: " + item.handle().title());
    HBox box = new HBox(8, title, bar, detail, stop);
    box.getStyleClass().add("task");
    box.setAlignment(Pos.CENTER);
    stop.setOnAction(
        event -> {
          if (item.handle().state().ended()) {
            model.dismiss(item);
          } else {
            item.handle().cancel();
          }
        });
    item.failureProperty()
        .addListener(
            (o, was, reason) -> {
              box.getStyleClass().add("task-failed");
              title.setText(reason);
              ProblemMark.on(title);
              title.setTooltip(new Tooltip(reason));
              box.getChildren().setAll(new FontIcon(Feather.ALERT_TRIANGLE), title, stop);
              stop.setTooltip(new Tooltip("Dismiss"));
            });
    return box;
  }
}
