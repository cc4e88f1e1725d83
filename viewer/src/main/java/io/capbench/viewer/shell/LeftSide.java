package io.capbench.viewer.shell;

import io.capbench.viewer.insight.FacetsView;
import io.capbench.viewer.insight.FacetsViewModel;
import javafx.scene.Node;
import javafx.scene.control.Toggle;
import javafx.scene.control.ToggleButton;
import javafx.scene.control.ToggleGroup;
import javafx.scene.control.Tooltip;
import javafx.scene.layout.BorderPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;

/** The left side: what there is to browse, or what the rows are like. FX thread only. */
final class LeftSide extends BorderPane {
  private final Node sidebar;
  private final FacetsView facets;
  private final FacetsViewModel model;
  private final ToggleButton browseTab = tab("tab-browse", "Browse", "Decisions, tracks, shards");
  private final ToggleButton facetsTab = tab("tab-facets", "Facets", "What the rows are like (I)");

  LeftSide(Node sidebar, FacetsView facets, FacetsViewModel model) {
    this.sidebar = sidebar;
    this.facets = facets;
    this.model = model;
    getStyleClass().add("left-side");
    ToggleGroup group = new ToggleGroup();
    browseTab.setToggleGroup(group);
    facetsTab.setToggleGroup(group);
    HBox tabs = new HBox(browseTab, facetsTab);
    tabs.getStyleClass().add("left-tabs");
    setTop(tabs);
    group
        .selectedToggleProperty()
        .addListener(
            (o, was, now) -> {
              if (now == null) {
                group.selectToggle(was);
              } else {
                show(now);
              }
            });
    // Folded away, or behind one row in the whole window, nobody looks at it.
    sceneProperty().addListener(o -> looked());
    group.selectToggle(browseTab);
  }

  private static ToggleButton tab(String id, String title, String tip) {
    ToggleButton tab = new ToggleButton(title);
    tab.setId(id);
    tab.getStyleClass().add("left-tab");
    tab.setTooltip(new Tooltip(tip));
    tab.setFocusTraversable(false);
    tab.setMaxWidth(Double.MAX_VALUE);
    HBox.setHgrow(tab, Priority.ALWAYS);
    return tab;
  }

  private void show(Toggle tab) {
    setCenter(tab == facetsTab ? facets : sidebar);
    looked();
  }

  private void looked() {
    model.setShown(facetsTab.isSelected() && getScene() != null);
  }

  /** Shows the facets, or what there is to browse. */
  void toggle() {
    (facetsTab.isSelected() ? browseTab : facetsTab).setSelected(true);
  }
}
