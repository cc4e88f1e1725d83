package io.capbench.viewer.shell;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import javafx.scene.control.Label;
import javafx.scene.control.ScrollPane;
import javafx.scene.layout.GridPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;

/** All keys on one sheet. FX thread only. */
final class KeyHelp extends VBox {
  private static final int COLUMNS = 3;

  KeyHelp(KeyMap keys) {
    super(16);
    setId("key-help");
    getStyleClass().add("sheet");
    Label title = new Label("Keys");
    title.getStyleClass().add("sheet-title");
    Map<String, GridPane> groups = new LinkedHashMap<>();
    for (KeyAction action : keys.actions()) {
      if (action.keys().isEmpty()) {
        continue;
      }
      GridPane grid = groups.computeIfAbsent(action.group(), KeyHelp::group);
      Label key = new Label(action.keys());
      key.getStyleClass().add("key-badge");
      key.setMinWidth(Region.USE_PREF_SIZE);
      Label does = new Label(action.title());
      does.setMinWidth(Region.USE_PREF_SIZE);
      grid.addRow(grid.getRowCount(), key, does);
    }
    ScrollPane scroll = new ScrollPane(columns(List.copyOf(groups.values())));
    scroll.getStyleClass().add("edge-to-edge");
    scroll.setFitToWidth(true);
    getChildren().addAll(title, scroll);
  }

  /** Each group goes where there is most room left. */
  private static HBox columns(List<GridPane> groups) {
    HBox columns = new HBox(24);
    int[] rows = new int[COLUMNS];
    for (int i = 0; i < COLUMNS; i++) {
      columns.getChildren().add(new VBox(20));
    }
    for (GridPane group : groups) {
      int shortest = 0;
      for (int i = 1; i < COLUMNS; i++) {
        shortest = rows[i] < rows[shortest] ? i : shortest;
      }
      rows[shortest] += group.getRowCount();
      ((VBox) columns.getChildren().get(shortest)).getChildren().add(group);
    }
    return columns;
  }

  private static GridPane group(String name) {
    GridPane grid = new GridPane();
    grid.setHgap(12);
    grid.setVgap(8);
    Label title = new Label(name);
    title.getStyleClass().add("sidebar-title");
    grid.add(title, 0, 0, 2, 1);
    return grid;
  }
}
