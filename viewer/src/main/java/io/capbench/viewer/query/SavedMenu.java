package io.capbench.viewer.query;

import io.capbench.viewer.dataset.OpenDataset;
import io.capbench.viewer.dataset.SavedQueriesViewModel;
import io.capbench.viewer.dataset.SavedQuery;
import io.capbench.viewer.dataset.WorkbenchViewModel;
import java.util.List;
import javafx.scene.control.ContentDisplay;
import javafx.scene.control.MenuButton;
import javafx.scene.control.MenuItem;
import javafx.scene.control.SeparatorMenuItem;
import javafx.scene.control.Tooltip;
import org.kordamp.ikonli.feather.Feather;
import org.kordamp.ikonli.javafx.FontIcon;

/** The named filters and orders that fit the dataset. FX thread only. */
public final class SavedMenu extends MenuButton {
  private final WorkbenchViewModel workbench;
  private final SavedQueriesViewModel saved;
  private final Runnable onNames;

  /**
   * Makes the menu.
   *
   * @param onNames opens the place where names are given and taken
   */
  public SavedMenu(WorkbenchViewModel workbench, Runnable onNames) {
    super(null, new FontIcon(Feather.BOOKMARK));
    this.workbench = workbench;
    this.saved = workbench.saved();
    this.onNames = onNames;
    setId("saved");
    setContentDisplay(ContentDisplay.GRAPHIC_ONLY);
    getStyleClass().addAll("flat", "query-button");
    setTooltip(new Tooltip("Named filters (Ctrl+S names this one)"));
    setAccessibleText("Named filters");
    setOnShowing(event -> fill());
    fill();
  }

  private void fill() {
    OpenDataset open = workbench.openProperty().get();
    List<SavedQuery> fitting = open == null ? List.of() : saved.fitting(open.info().columns());
    getItems().clear();
    for (SavedQuery query : fitting) {
      MenuItem item = new MenuItem(query.name());
      item.setMnemonicParsing(false);
      item.setOnAction(event -> saved.choose(query));
      getItems().add(item);
    }
    if (fitting.isEmpty()) {
      MenuItem none = new MenuItem("No named filter fits this dataset");
      none.setDisable(true);
      getItems().add(none);
    }
    MenuItem names = new MenuItem("Name this filter, rename, delete …");
    names.setOnAction(event -> onNames.run());
    getItems().addAll(new SeparatorMenuItem(), names);
  }
}
