package io.capbench.viewer.insight;

import io.capbench.storage.query.Bucket;
import io.capbench.storage.query.Facet;
import io.capbench.storage.query.RowFilter;
import io.capbench.viewer.dataset.WorkbenchViewModel;
import io.capbench.viewer.theme.ProblemMark;
import java.util.ArrayList;
import java.util.List;
import javafx.collections.ListChangeListener;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.ProgressIndicator;
import javafx.scene.control.ScrollPane;
import javafx.scene.control.Tooltip;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;
import org.jspecify.annotations.Nullable;

/** Small histograms of the rows in the list; a bar filters. FX thread only. */
public final class FacetsView extends ScrollPane {
  private final FacetsViewModel model;
  private final WorkbenchViewModel workbench;
  private final Runnable onRows;
  private final VBox content = new VBox();
  private final Label state = new Label();
  private final ProgressIndicator busy = new ProgressIndicator();
  private final Button again = new Button("Count again");
  private final Button measure = new Button("Measure provenance");
  private final HBox top = new HBox(8, busy, state, again);
  private final List<BucketBar> bars = new ArrayList<>();
  private @Nullable String held;

  /**
   * Makes the panel.
   *
   * @param onRows gives the keyboard to the rows, after a click
   */
  public FacetsView(FacetsViewModel model, WorkbenchViewModel workbench, Runnable onRows) {
    this.model = model;
    this.workbench = workbench;
    this.onRows = onRows;
    setId("facets");
    getStyleClass().addAll("sidebar", "edge-to-edge");
    setFitToWidth(true);
    setHbarPolicy(ScrollBarPolicy.NEVER);
    setFocusTraversable(false);
    content.getStyleClass().add("sidebar-box");
    top.setAlignment(Pos.CENTER_LEFT);
    busy.setMaxSize(16, 16);
    busy.setMinSize(16, 16);
    state.getStyleClass().add("sheet-hint");
    state.setWrapText(true);
    again.getStyleClass().add("small");
    again.setOnAction(event -> model.refresh());
    measure.setId("measure");
    measure.getStyleClass().add("small");
    measure.setMaxWidth(Double.MAX_VALUE);
    measure.setTooltip(
        new Tooltip("Find out where the words of every fused caption come from; done once"));
    measure.setOnAction(event -> model.measure());
    measure.setOnMouseReleased(event -> onRows.run());
    setContent(content);
    model.facetsProperty().addListener(o -> fill());
    model.runningProperty().addListener(o -> showState());
    model.measurableProperty().addListener(o -> showState());
    model.problemProperty().addListener(o -> showState());
    workbench.openProperty().addListener(o -> showState());
    workbench
        .filter()
        .conditions()
        .addListener(
            (ListChangeListener<RowFilter>) change -> bars.forEach(bar -> bar.showChosen()));
    fill();
  }

  private void showState() {
    boolean runs = model.runningProperty().get();
    String problem = model.problemProperty().get();
    boolean open = workbench.openProperty().get() != null;
    show(busy, runs);
    show(again, !problem.isEmpty() && !runs);
    state.setText(
        runs ? "Counting …" : !problem.isEmpty() ? problem : open ? "" : "Nothing is open");
    ProblemMark.set(state, !runs && !problem.isEmpty());
    show(state, !state.getText().isEmpty());
    show(measure, model.measurableProperty().get() && !runs);
    show(top, busy.isVisible() || state.isVisible());
    content.setOpacity(runs && !bars.isEmpty() ? 0.6 : 1);
  }

  private void fill() {
    Node focus = getScene() == null ? null : getScene().getFocusOwner();
    held = focus instanceof BucketBar bar ? bar.name() : held;
    content.getChildren().setAll(top, measure);
    bars.clear();
    for (Facet facet : model.facetsProperty().get()) {
      content.getChildren().add(title(facet));
      long most = facet.buckets().stream().mapToLong(Bucket::count).max().orElse(0);
      VBox group = new VBox(1);
      for (Bucket bucket : facet.buckets()) {
        BucketBar bar = new BucketBar(facet, bucket, most, model, onRows);
        bars.add(bar);
        group.getChildren().add(bar);
      }
      if (facet.buckets().isEmpty()) {
        Label none = new Label("No row has any");
        none.getStyleClass().add("sheet-hint");
        group.getChildren().add(none);
      }
      content.getChildren().add(group);
    }
    showState();
    // Whoever works with the keyboard stays where they were.
    if (focus instanceof BucketBar) {
      bars.stream()
          .filter(bar -> bar.name().equals(held))
          .findFirst()
          .ifPresent(Node::requestFocus);
    }
  }

  private static HBox title(Facet facet) {
    Label name = new Label(facet.title());
    name.getStyleClass().add("sidebar-title");
    Region space = new Region();
    HBox.setHgrow(space, Priority.ALWAYS);
    Label sampled = new Label(facet.sampled() ? String.format("of %,d rows", facet.rows()) : "");
    sampled.getStyleClass().add("sidebar-count");
    HBox line = new HBox(name, space, sampled);
    line.setAlignment(Pos.BASELINE_LEFT);
    return line;
  }

  private static void show(Node node, boolean shown) {
    node.setVisible(shown);
    node.setManaged(shown);
  }
}
