package io.capbench.viewer.shell;

import atlantafx.base.controls.CustomTextField;
import io.capbench.viewer.browse.BrowseViewModel;
import io.capbench.viewer.dataset.FilterViewModel;
import io.capbench.viewer.dataset.OpenDataset;
import io.capbench.viewer.dataset.WorkbenchViewModel;
import java.nio.file.Path;
import java.util.List;
import javafx.animation.PauseTransition;
import javafx.application.Platform;
import javafx.geometry.Pos;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.MenuButton;
import javafx.scene.control.MenuItem;
import javafx.scene.control.SeparatorMenuItem;
import javafx.scene.control.ToggleButton;
import javafx.scene.control.Tooltip;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;
import javafx.util.Duration;
import org.controlsfx.control.textfield.TextFields;
import org.kordamp.ikonli.feather.Feather;
import org.kordamp.ikonli.javafx.FontIcon;

/** The top of the window: the dataset, the filter, how many rows fit, theme and help. */
final class HeaderBar extends VBox {
  private static final Duration PAUSE = Duration.millis(300);

  private final WorkbenchViewModel workbench;
  private final BrowseViewModel browse;
  private final ShellActions actions;
  private final MenuButton dataset = new MenuButton("Open …", new FontIcon(Feather.DATABASE));
  private final CustomTextField search = new CustomTextField();
  private final ToggleButton sql = new ToggleButton("SQL");
  private final Label count = new Label();
  private final Label error = new Label();
  private final PauseTransition pause = new PauseTransition(PAUSE);
  private boolean leaveWhenFiltered;

  HeaderBar(WorkbenchViewModel workbench, BrowseViewModel browse, ShellActions actions) {
    this.workbench = workbench;
    this.browse = browse;
    this.actions = actions;
    getStyleClass().add("header-bar");
    dataset.setId("dataset");
    dataset.getStyleClass().add("dataset-menu");
    dataset.setMnemonicParsing(false);
    dataset.setOnShowing(event -> fillMenu());
    fillMenu();
    buildSearch();
    count.setId("count");
    count.getStyleClass().add("row-count");
    count.setMinWidth(Region.USE_PREF_SIZE);
    Button export = iconButton("export", Feather.SHARE, "Export (Ctrl+E)", actions::export);
    Button theme = iconButton("theme", Feather.MOON, "Light or dark (Ctrl+D)", actions::theme);
    Button help = iconButton("help", Feather.HELP_CIRCLE, "All keys (?)", actions::help);
    HBox line = new HBox(10, dataset, search, sql, count, export, theme, help);
    line.setAlignment(Pos.CENTER_LEFT);
    HBox.setHgrow(search, Priority.ALWAYS);
    error.setId("filter-error");
    error.getStyleClass().add("filter-error");
    error.setWrapText(true);
    error.textProperty().bind(workbench.filter().errorProperty());
    error.visibleProperty().bind(error.textProperty().isNotEmpty());
    error.managedProperty().bind(error.visibleProperty());
    getChildren().addAll(line, error);
    workbench.openProperty().addListener(o -> refresh());
    browse.rowCountProperty().addListener(o -> refresh());
    workbench.query().runningProperty().addListener(o -> refresh());
    refresh();
  }

  private void buildSearch() {
    FilterViewModel filter = workbench.filter();
    search.setId("search");
    search.setLeft(new FontIcon(Feather.SEARCH));
    search.setAccessibleText("Filter rows");
    search.textProperty().bindBidirectional(filter.textProperty());
    sql.setId("sql");
    sql.selectedProperty().bindBidirectional(filter.sqlProperty());
    sql.setFocusTraversable(false);
    sql.setTooltip(
        new Tooltip(
            "Filter with an SQL expression over the columns, for example"
                + " decision.verdict = 'accepted'"));
    sql.selectedProperty().addListener(o -> prompt());
    TextFields.bindAutoCompletion(
        search,
        request -> {
          OpenDataset open = workbench.openProperty().get();
          return open == null
              ? List.of()
              : filter.completions(request.getUserText(), open.info().columns());
        });
    pause.setOnFinished(event -> workbench.query().apply());
    search
        .textProperty()
        .addListener(
            o -> {
              if (search.isFocused() && !filter.sqlProperty().get()) {
                pause.playFromStart();
              }
            });
    search.setOnAction(
        event -> {
          pause.stop();
          leaveWhenFiltered = true;
          workbench.query().apply();
        });
    workbench
        .query()
        .runningProperty()
        .addListener(
            (o, was, filters) -> {
              // A filter that failed is mended in the field; letters there must not decide rows.
              if (!filters && leaveWhenFiltered) {
                leaveWhenFiltered = false;
                Platform.runLater(this::leaveIfFiltered);
              }
            });
  }

  private void leaveIfFiltered() {
    if (search.isFocused() && workbench.filter().errorProperty().get().isEmpty()) {
      actions.rows();
    }
  }

  boolean searching() {
    return search.isFocused();
  }

  private void prompt() {
    OpenDataset open = workbench.openProperty().get();
    String column =
        open == null || open.mapping().tracks().isEmpty()
            ? "caption"
            : open.mapping().tracks().get(open.mapping().tracks().size() - 1).column();
    search.setPromptText(
        sql.isSelected()
            ? "SQL, then Enter: length(" + column + ") > 120"
            : "Search all captions (/)");
  }

  void focusSearch() {
    search.requestFocus();
    search.selectAll();
  }

  private static Button iconButton(String id, Feather icon, String tip, Runnable action) {
    Button button = new Button(null, new FontIcon(icon));
    button.setId(id);
    button.getStyleClass().addAll("button-icon", "flat");
    button.setTooltip(new Tooltip(tip));
    button.setAccessibleText(tip);
    button.setOnAction(event -> action.run());
    return button;
  }

  private void fillMenu() {
    dataset
        .getItems()
        .setAll(
            item("Open file …", Feather.FILE, actions::openFile),
            item("Open folder …", Feather.FOLDER, actions::openFolder),
            item("Open the sample", Feather.GIFT, actions::openSample));
    List<List<Path>> recent = workbench.recent();
    if (!recent.isEmpty()) {
      dataset.getItems().add(new SeparatorMenuItem());
      for (List<Path> paths : recent) {
        String name =
            paths.get(0) + (paths.size() > 1 ? " and " + (paths.size() - 1) + " more" : "");
        dataset.getItems().add(item(name, Feather.CLOCK, () -> workbench.open(paths)));
      }
    }
  }

  private static MenuItem item(String text, Feather icon, Runnable action) {
    MenuItem item = new MenuItem(text, new FontIcon(icon));
    item.setMnemonicParsing(false);
    item.setOnAction(event -> action.run());
    return item;
  }

  private void refresh() {
    OpenDataset open = workbench.openProperty().get();
    dataset.setText(open == null ? "Open …" : open.info().name());
    prompt();
    search.setDisable(open == null);
    sql.setDisable(open == null);
    if (open == null) {
      count.setText("");
    } else if (workbench.query().runningProperty().get()) {
      count.setText("filtering …");
    } else {
      count.setText(
          String.format("%,d of %,d", browse.rowCountProperty().get(), open.info().rows()));
    }
  }
}
