package io.capbench.viewer.shell;

import io.capbench.viewer.browse.BrowseViewModel;
import io.capbench.viewer.dataset.FilterBuilderViewModel;
import io.capbench.viewer.dataset.OpenDataset;
import io.capbench.viewer.dataset.SortViewModel;
import io.capbench.viewer.dataset.WorkbenchViewModel;
import io.capbench.viewer.query.FilterBuilder;
import io.capbench.viewer.query.QueryChips;
import io.capbench.viewer.query.RowCount;
import io.capbench.viewer.query.SavedMenu;
import io.capbench.viewer.query.SearchBox;
import io.capbench.viewer.query.SortMenu;
import io.capbench.viewer.review.ReviewViewModel;
import io.capbench.viewer.theme.ProblemMark;
import java.nio.file.Path;
import java.util.List;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.MenuButton;
import javafx.scene.control.MenuItem;
import javafx.scene.control.SeparatorMenuItem;
import javafx.scene.control.ToggleButton;
import javafx.scene.control.Tooltip;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.VBox;
import org.kordamp.ikonli.feather.Feather;
import org.kordamp.ikonli.javafx.FontIcon;

/** The top of the window: the dataset, filter and order, how many rows fit, theme and help. */
final class HeaderBar extends VBox {
  private final WorkbenchViewModel workbench;
  private final ShellActions actions;
  private final MenuButton dataset = new MenuButton("Open …", new FontIcon(Feather.DATABASE));
  private final SearchBox search;
  private final ToggleButton building = new ToggleButton("Filter", new FontIcon(Feather.FILTER));
  private final SortMenu sort;
  private final FilterBuilder builder;
  private final QueryChips chips;

  HeaderBar(
      WorkbenchViewModel workbench,
      BrowseViewModel browse,
      ReviewViewModel review,
      SortViewModel sorting,
      ShellActions actions) {
    this.workbench = workbench;
    this.actions = actions;
    getStyleClass().add("header-bar");
    dataset.setId("dataset");
    dataset.getStyleClass().add("dataset-menu");
    dataset.setMnemonicParsing(false);
    dataset.setOnShowing(event -> fillMenu());
    fillMenu();
    search = new SearchBox(workbench, actions::rows);
    HBox.setHgrow(search, Priority.ALWAYS);
    builder = new FilterBuilder(workbench, new FilterBuilderViewModel(workbench.filter()), review);
    chips = new QueryChips(workbench.query());
    sort = new SortMenu(workbench, sorting);
    SavedMenu saved = new SavedMenu(workbench, actions::names);
    building.setId("build");
    building.getStyleClass().addAll("flat", "query-button");
    building.setTooltip(new Tooltip("Conditions, one by one (Ctrl+Shift+F)"));
    building.setFocusTraversable(false);
    building.selectedProperty().subscribe(this::showBuilder);
    Button export = iconButton("export", Feather.SHARE, "Export (Ctrl+E)", actions::export);
    Button theme = iconButton("theme", Feather.MOON, "Light or dark (Ctrl+D)", actions::theme);
    Button help = iconButton("help", Feather.HELP_CIRCLE, "All keys (?)", actions::help);
    HBox line =
        new HBox(
            6,
            dataset,
            search,
            building,
            sort,
            saved,
            new RowCount(workbench, browse),
            export,
            theme,
            help);
    line.setAlignment(Pos.CENTER_LEFT);
    getChildren().addAll(line, error(), builder, chips);
    workbench.openProperty().addListener(o -> refresh());
    refresh();
  }

  private Label error() {
    Label error = new Label();
    error.setId("filter-error");
    error.getStyleClass().add("filter-error");
    ProblemMark.on(error);
    error.setWrapText(true);
    error.textProperty().bind(workbench.filter().errorProperty());
    error.visibleProperty().bind(error.textProperty().isNotEmpty());
    error.managedProperty().bind(error.visibleProperty());
    return error;
  }

  private void showBuilder(boolean shown) {
    builder.setVisible(shown);
    builder.setManaged(shown);
    chips.setConditionsShown(!shown);
  }

  boolean searching() {
    return search.searching();
  }

  void focusSearch() {
    search.focusSearch();
  }

  /** Opens the builder and gives it the keyboard, or closes it. */
  void toggleBuilder() {
    if (!building.isDisabled()) {
      building.setSelected(!building.isSelected());
      if (building.isSelected()) {
        builder.begin();
      } else {
        actions.rows();
      }
    }
  }

  /** Opens the menu of orders. */
  void showSort() {
    if (!sort.isDisabled()) {
      sort.requestFocus();
      sort.show();
    }
  }

  /** Closes the builder if it has the keyboard; says whether it had. */
  boolean leaveBuilder() {
    Node focus = getScene() == null ? null : getScene().getFocusOwner();
    for (Node at = focus; at != null; at = at.getParent()) {
      if (at == builder) {
        building.setSelected(false);
        return true;
      }
    }
    return false;
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
    building.setDisable(open == null);
    sort.setDisable(open == null);
    if (open == null) {
      building.setSelected(false);
    }
  }
}
