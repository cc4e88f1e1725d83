package io.capbench.viewer.insight;

import io.capbench.storage.query.Bucket;
import io.capbench.storage.query.Facet;
import javafx.scene.control.Label;
import javafx.scene.control.ToggleButton;
import javafx.scene.control.Tooltip;
import javafx.scene.layout.Pane;
import javafx.scene.layout.Region;

/** A group of rows as a bar, its name before and its count behind; pressing it filters. */
final class BucketBar extends ToggleButton {
  private static final double NAME_SHARE = 0.45;
  private static final double RANGE_SHARE = 0.24;
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
    boolean ranges = facet.id().startsWith("words:") || facet.id().startsWith("share:");
    Line line =
        new Line(
            bucket,
            most == 0 ? 0 : (double) bucket.count() / most,
            ranges ? RANGE_SHARE : NAME_SHARE);
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

  /** Name, bar and count, each bar beginning at the same place. */
  private static final class Line extends Pane {
    private final Label name;
    private final Region bar = new Region();
    private final Label count;
    private final double share;
    private final double nameShare;

    Line(Bucket bucket, double share, double nameShare) {
      this.share = share;
      this.nameShare = nameShare;
      name = new Label(bucket.label());
      name.getStyleClass().add("bucket-name");
      count = new Label(String.format("%,d", bucket.count()));
      count.getStyleClass().add("sidebar-count");
      bar.getStyleClass().add("bucket-bar");
      getChildren().addAll(name, bar, count);
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
      double nameWidth = Math.floor(width * nameShare);
      double countWidth = Math.min(Math.ceil(count.prefWidth(-1)), width * COUNT_SHARE);
      double countPlace = Math.max(countWidth, Math.min(COUNT_EMS * em, width * COUNT_SHARE));
      double room = Math.max(0, width - nameWidth - countPlace - 2 * GAP);
      name.resizeRelocate(0, 0, nameWidth, height);
      double barHeight = Math.rint(em * 0.7);
      double bars = share > 0 ? Math.max(2, Math.rint(room * share)) : 0;
      bar.resizeRelocate(nameWidth + GAP, Math.rint((height - barHeight) / 2), bars, barHeight);
      count.resizeRelocate(width - countWidth, 0, countWidth, height);
    }
  }
}
