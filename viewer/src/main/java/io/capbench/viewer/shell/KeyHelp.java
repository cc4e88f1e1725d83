package io.capbench.viewer.shell;

import java.util.LinkedHashMap;
import java.util.Map;
import javafx.scene.control.Label;
import javafx.scene.layout.FlowPane;
import javafx.scene.layout.GridPane;
import javafx.scene.layout.VBox;

/** All keys on one sheet. FX thread only. */
final class KeyHelp extends VBox {
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
      grid.addRow(grid.getRowCount(), key, new Label(action.title()));
    }
    FlowPane flow = new FlowPane(40, 20);
    flow.getChildren().addAll(groups.values());
    getChildren().addAll(title, flow);
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
