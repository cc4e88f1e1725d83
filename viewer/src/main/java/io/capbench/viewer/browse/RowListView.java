package io.capbench.viewer.browse;

import io.capbench.storage.model.CaptionRow;
import io.capbench.storage.model.CaptionTrack;
import io.capbench.viewer.flow.RowFlow;
import io.capbench.viewer.picture.Thumbnails;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Supplier;
import javafx.animation.PauseTransition;
import javafx.collections.ListChangeListener;
import javafx.css.PseudoClass;
import javafx.scene.control.Label;
import javafx.scene.control.Tooltip;
import javafx.scene.layout.BorderPane;
import javafx.scene.layout.Pane;
import javafx.util.Duration;
import org.jspecify.annotations.Nullable;

/** The list of rows with the names of its columns above. FX thread only. */
public final class RowListView extends BorderPane {
  private static final double ROW_EMS = 10.2;
  private static final double TEXT_ROW_EMS = 8;
  private static final double LEAD_EMS = 8.8;
  private static final double NUMBER_EMS = 6;
  private static final double HEADER_HEIGHT = 30;
  private static final PseudoClass SORTED = PseudoClass.getPseudoClass("sorted");

  /** How long the list has to stand still until pictures are fetched from the web. */
  private static final Duration REST = Duration.millis(120);

  private final BrowseViewModel model;
  private final TrackColumns columns;
  private final RowFlow flow;
  private final Pane header = new Pane();
  private final Supplier<@Nullable Thumbnails> thumbnails;
  private final PauseTransition resting = new PauseTransition(REST);
  private Consumer<CaptionTrack> onColumn = track -> {};
  private String sorted = "";
  private String mark = "";
  private double textSize = 13;

  /**
   * Makes the list.
   *
   * @param model the rows
   * @param columns the tracks to show
   * @param thumbnails those of the dataset that is open, or null while none is
   */
  public RowListView(
      BrowseViewModel model, TrackColumns columns, Supplier<@Nullable Thumbnails> thumbnails) {
    this.model = model;
    this.columns = columns;
    this.thumbnails = thumbnails;
    flow = new RowFlow(ROW_EMS * textSize, () -> new CompareRow(model, columns, thumbnails));
    getStyleClass().add("row-list");
    flow.setId("rows");
    flow.setAccessibleText("Rows");
    flow.setOnPick(model::select);
    flow.rowCountProperty().bind(model.rowCountProperty());
    header.getStyleClass().add("column-header");
    header.setMinHeight(HEADER_HEIGHT);
    header.setPrefHeight(HEADER_HEIGHT);
    setTop(header);
    setCenter(flow);
    model
        .selectedProperty()
        .addListener(
            (o, before, now) -> {
              flow.selectedProperty().set(now.longValue());
              if (now.longValue() >= 0) {
                flow.reveal(now.longValue());
              }
            });
    model
        .revisionProperty()
        .addListener(
            o -> {
              flow.refresh();
              wantPictures();
            });
    flow.positionProperty().addListener(o -> wantPictures());
    flow.heightProperty().addListener(o -> wantPictures());
    resting.setOnFinished(event -> rest());
    columns.visible().addListener((ListChangeListener<CaptionTrack>) change -> tracksChanged());
    flow.rowWidthProperty().addListener(o -> layoutHeader());
  }

  /** Sets the text size that heights are measured in, in pixels. */
  public void setTextSize(double pixels) {
    textSize = pixels;
    layoutRows();
  }

  /** What to do when the name of a column is clicked. */
  public void setOnColumn(Consumer<CaptionTrack> action) {
    onColumn = action;
  }

  /**
   * Marks the column that rows are ordered by.
   *
   * @param track name of its track; empty for none
   * @param sign stands behind its name
   */
  public void setSorted(String track, String sign) {
    sorted = track;
    mark = sign;
    nameColumns();
  }

  private void nameColumns() {
    for (int i = 0; i < header.getChildren().size(); i++) {
      Label name = (Label) header.getChildren().get(i);
      String track = columns.visible().get(i).name();
      name.setText(track.equals(sorted) ? track + "  " + mark : track);
      name.pseudoClassStateChanged(SORTED, track.equals(sorted));
    }
  }

  private void layoutRows() {
    columns.setLead(Math.rint((columns.pictures() ? LEAD_EMS : NUMBER_EMS) * textSize));
    flow.setRowHeight(Math.rint((columns.pictures() ? ROW_EMS : TEXT_ROW_EMS) * textSize));
    layoutHeader();
  }

  /** Shows the visible rows anew, for example because a thumbnail has come. */
  public void refresh() {
    flow.refresh();
  }

  /** Asks for the pictures that are missing as soon as the list stands still. */
  public void wantPictures() {
    resting.playFromStart();
  }

  private void rest() {
    Thumbnails pictures = thumbnails.get();
    if (pictures == null || !columns.pictures()) {
      return;
    }
    long first = flow.firstVisible();
    long page = flow.wholeRows() + 1;
    List<CaptionRow> around = rows(first + page, page);
    around.addAll(rows(first - page, page));
    pictures.rest(rows(first, page), around);
  }

  private List<CaptionRow> rows(long from, long count) {
    List<CaptionRow> rows = new ArrayList<>();
    long end = Math.min(from + count, model.rowCountProperty().get());
    for (long position = Math.max(0, from); position < end; position++) {
      RowItem item = model.row(position);
      if (item != null) {
        rows.add(item.row());
      }
    }
    return rows;
  }

  /** Gives the list the keyboard. */
  public void focusRows() {
    flow.requestFocus();
  }

  /** How many rows a page up or down moves. */
  public long pageRows() {
    return flow.wholeRows();
  }

  /** Scrolls so that the selected row is visible. */
  public void revealSelected() {
    if (model.selectedProperty().get() >= 0) {
      flow.reveal(model.selectedProperty().get());
    }
  }

  private void tracksChanged() {
    header.getChildren().clear();
    for (CaptionTrack track : columns.visible()) {
      Label name = new Label(track.name());
      name.setManaged(false);
      name.getStyleClass().addAll("column-name", "role-" + track.role().id());
      name.setTooltip(
          new Tooltip(
              "Click to sort by number of words: longest first, then shortest first, then not"));
      name.setOnMouseClicked(event -> onColumn.accept(track));
      header.getChildren().add(name);
    }
    nameColumns();
    layoutRows();
    flow.refresh();
  }

  private void layoutHeader() {
    double width = flow.rowWidthProperty().get();
    for (int i = 0; i < header.getChildren().size(); i++) {
      Label name = (Label) header.getChildren().get(i);
      name.setVisible(i < columns.fitting(width));
      name.resizeRelocate(columns.x(i, width), 0, columns.columnWidth(width), HEADER_HEIGHT);
    }
  }
}
