package io.capbench.viewer.insight;

import io.capbench.storage.query.Bucket;
import io.capbench.storage.query.Facet;
import java.util.stream.Stream;
import javafx.scene.control.Label;
import javafx.scene.control.ToggleButton;
import javafx.scene.control.Tooltip;
import javafx.scene.layout.Pane;
import javafx.scene.layout.Region;

/**
 * A group of rows as a bar with its name and its count; pressing it filters. The bars of ranges
 * begin behind their short names, other bars lie under their names, which may need all the room.
 */
final class BucketBar extends ToggleButton {
  private static final double RANGE_EMS = 4.6;
  private static final double COUNT_SHARE = 0.4;
  private static final double COUNT_EMS = 3.8;
  private static final double GAP = 6;

  private final Facet facet;
  private final Bucket bucket;
  private final FacetsViewModel model;

  BucketBar(Facet facet, Bucket bucket, long most, FacetsViewModel model, Runnable onRows) {
    this.facet = facet;
    this.bucket = bucket;
    this.model = model;
    getStyleClass().add("bucket");
    setMaxWidth(Double.MAX_VALUE);
    boolean ranges = Stream.of("words:", "share:", "similarity:").anyMatch(facet.id()::startsWith);
    Line line = new Line(bucket, most == 0 ? 0 : (double) bucket.count() / most, ranges);
    line.prefWidthProperty().bind(widthProperty().subtract(16));
    setGraphic(line);
    double percent = facet.rows() == 0 ? 0 : 100.0 * bucket.count() / facet.rows();
    String said = String.format("%s: %,d rows, %.1f %%", bucket.label(), bucket.count(), percent);
    setAccessibleText(facet.title() + ", " + said);
    setTooltip(new Tooltip(said + "\nClick to show only these, once more to show all"));
    setOnAction(
        event -> {
          model.toggle(bucket);
          showChosen();
        });
    setOnMouseReleased(event -> onRows.run());
    showChosen();
  }

  /** Which bar it is, also after the next count. */
  String name() {
    return facet.id() + "\n" + bucket.label();
  }

  /** Shows whether the list is filtered by it. */
  void showChosen() {
    setSelected(model.chosen(bucket));
  }

  /** Name, bar and count, each bar of a facet beginning at the same place. */
  private static final class Line extends Pane {
    private final Label name;
    private final Region bar = new Region();
    private final Label count;
    private final double share;
    private final boolean range;

    Line(Bucket bucket, double share, boolean range) {
      this.share = share;
      this.range = range;
      name = new Label(bucket.label());
      name.getStyleClass().add("bucket-name");
      count = new Label(String.format("%,d", bucket.count()));
      count.getStyleClass().add("sidebar-count");
      bar.getStyleClass().add(range ? "bucket-bar" : "bucket-ground");
      getChildren().addAll(bar, name, count);
    }

    @Override
    protected double computePrefHeight(double width) {
      return Math.ceil(name.prefHeight(-1));
    }

    @Override
    protected void layoutChildren() {
      double width = getWidth();
      double height = getHeight();
      double em = name.getFont().getSize();
      double countWidth = Math.min(Math.ceil(count.prefWidth(-1)), width * COUNT_SHARE);
      double countPlace = Math.max(countWidth, Math.min(COUNT_EMS * em, width * COUNT_SHARE));
      double end = Math.max(0, width - countPlace - GAP);
      double start = range ? Math.min(end, Math.floor(RANGE_EMS * em) + GAP) : 0;
      double room = end - start;
      name.resizeRelocate(
          0, 0, range ? Math.max(0, start - GAP) : width - countWidth - GAP, height);
      double barHeight = range ? Math.rint(em * 0.7) : height;
      double bars = share > 0 ? Math.max(2, Math.rint(room * share)) : 0;
      bar.resizeRelocate(start, Math.rint((height - barHeight) / 2), bars, barHeight);
      count.resizeRelocate(width - countWidth, 0, countWidth, height);
    }
  }
}
