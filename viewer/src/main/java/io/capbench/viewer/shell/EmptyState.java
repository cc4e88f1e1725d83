package io.capbench.viewer.shell;

import io.capbench.viewer.browse.BrowseViewModel;
import io.capbench.viewer.dataset.OpenDataset;
import io.capbench.viewer.dataset.WorkbenchViewModel;
import io.capbench.viewer.theme.ProblemMark;
import javafx.geometry.Pos;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.ProgressIndicator;
import javafx.scene.layout.HBox;
import javafx.scene.layout.VBox;
import org.kordamp.ikonli.feather.Feather;
import org.kordamp.ikonli.javafx.FontIcon;

/** What stands in the list's place while it has no rows, and what to do about it. */
final class EmptyState extends VBox {
  private final WorkbenchViewModel workbench;
  private final BrowseViewModel browse;
  private final FontIcon icon = new FontIcon(Feather.INBOX);
  private final ProgressIndicator busy = new ProgressIndicator();
  private final Label title = new Label();
  private final Label text = new Label();
  private final Button file = new Button("Open file …", new FontIcon(Feather.FILE));
  private final Button folder = new Button("Open folder …", new FontIcon(Feather.FOLDER));
  private final Button sample = new Button("Open the sample", new FontIcon(Feather.GIFT));
  private final Button clear = new Button("Clear the filter", new FontIcon(Feather.X));
  private final Button back = new Button("Back to the rows", new FontIcon(Feather.CORNER_UP_LEFT));
  private final HBox opening = new HBox(8, file, folder, sample);

  EmptyState(WorkbenchViewModel workbench, BrowseViewModel browse, ShellActions actions) {
    super(12);
    this.workbench = workbench;
    this.browse = browse;
    setId("empty");
    getStyleClass().add("empty-state");
    setAlignment(Pos.CENTER);
    opening.setAlignment(Pos.CENTER);
    busy.setMaxSize(40, 40);
    title.setId("empty-title");
    text.setId("empty-text");
    title.getStyleClass().add("empty-title");
    text.getStyleClass().add("empty-text");
    text.setAlignment(Pos.CENTER);
    text.setWrapText(true);
    text.setMaxWidth(560);
    file.setOnAction(event -> actions.openFile());
    folder.setOnAction(event -> actions.openFolder());
    sample.setOnAction(event -> actions.openSample());
    clear.setId("clear-filter");
    clear.setOnAction(
        event -> {
          workbench.filter().clear();
          workbench.query().apply();
        });
    back.setId("back-to-rows");
    back.setOnAction(event -> workbench.dismissProblem());
    getChildren().addAll(icon, busy, title, text, opening, back, clear);
    workbench.openProperty().addListener(o -> refresh());
    workbench.openingProperty().addListener(o -> refresh());
    workbench.query().runningProperty().addListener(o -> refresh());
    workbench.problemProperty().addListener(o -> refresh());
    browse.rowCountProperty().addListener(o -> refresh());
    refresh();
  }

  private void refresh() {
    OpenDataset open = workbench.openProperty().get();
    String problem = workbench.problemProperty().get();
    boolean reading = workbench.openingProperty().get();
    boolean filtering = workbench.query().runningProperty().get();
    boolean empty = open == null || browse.rowCountProperty().get() == 0;
    show(this, empty || reading || !problem.isEmpty());
    show(busy, reading || filtering);
    show(icon, !reading && !filtering);
    show(opening, !reading && (open == null || !problem.isEmpty()));
    show(back, !reading && open != null && !problem.isEmpty());
    show(
        clear,
        !reading
            && !filtering
            && open != null
            && problem.isEmpty()
            && !workbench.filter().isOpen());
    ProblemMark.set(text, !reading && !problem.isEmpty());
    if (reading) {
      say(Feather.LOADER, "Opening …", "");
    } else if (!problem.isEmpty()) {
      say(Feather.ALERT_TRIANGLE, "That cannot be opened", problem);
    } else if (open == null) {
      say(
          Feather.INBOX,
          "Nothing is open",
          "Drop a parquet, JSON, CSV or tar file or a folder here, or open one.");
    } else if (filtering) {
      say(Feather.LOADER, "Filtering …", "");
    } else if (workbench.filter().isOpen()) {
      say(Feather.INBOX, "No rows", open.info().name() + " opens, but has no rows.");
    } else {
      say(
          Feather.FILTER,
          "No row matches",
          "No row of " + open.info().name() + " matches the filter.");
    }
  }

  private void say(Feather symbol, String heading, String words) {
    icon.setIconCode(symbol);
    title.setText(heading);
    text.setText(words);
    show(text, !words.isEmpty());
  }

  private static void show(javafx.scene.Node node, boolean shown) {
    node.setVisible(shown);
    node.setManaged(shown);
  }
}
