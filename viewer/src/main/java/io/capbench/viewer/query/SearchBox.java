package io.capbench.viewer.query;

import atlantafx.base.controls.CustomTextField;
import io.capbench.viewer.dataset.FilterViewModel;
import io.capbench.viewer.dataset.OpenDataset;
import io.capbench.viewer.dataset.WorkbenchViewModel;
import java.util.List;
import javafx.animation.PauseTransition;
import javafx.application.Platform;
import javafx.geometry.Pos;
import javafx.scene.control.ToggleButton;
import javafx.scene.control.Tooltip;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.util.Duration;
import org.controlsfx.control.textfield.TextFields;
import org.kordamp.ikonli.feather.Feather;
import org.kordamp.ikonli.javafx.FontIcon;

/** The quick filter: words of any caption, or SQL. FX thread only. */
public final class SearchBox extends HBox {
  private static final Duration PAUSE = Duration.millis(300);

  private final WorkbenchViewModel workbench;
  private final Runnable onLeave;
  private final CustomTextField search = new CustomTextField();
  private final ToggleButton sql = new ToggleButton("SQL");
  private final PauseTransition pause = new PauseTransition(PAUSE);
  private boolean leaveWhenFiltered;

  /**
   * Makes the field.
   *
   * @param onLeave gives the keyboard to the rows
   */
  public SearchBox(WorkbenchViewModel workbench, Runnable onLeave) {
    super(10);
    this.workbench = workbench;
    this.onLeave = onLeave;
    FilterViewModel filter = workbench.filter();
    search.setId("search");
    search.setLeft(new FontIcon(Feather.SEARCH));
    search.setAccessibleText("Filter rows");
    search.textProperty().bindBidirectional(filter.textProperty());
    HBox.setHgrow(search, Priority.ALWAYS);
    sql.setId("sql");
    sql.selectedProperty().bindBidirectional(filter.sqlProperty());
    sql.setFocusTraversable(false);
    sql.setTooltip(
        new Tooltip(
            "Filter with an SQL expression over the columns, for example"
                + " decision.verdict = 'accepted'"));
    sql.selectedProperty().addListener(o -> refresh());
    setAlignment(Pos.CENTER_LEFT);
    getChildren().addAll(search, sql);
    complete(filter);
    pause.setOnFinished(event -> workbench.query().apply());
    search.textProperty().addListener(o -> written());
    search.setOnAction(event -> entered());
    workbench.query().runningProperty().addListener((o, was, runs) -> ran(runs));
    workbench.openProperty().addListener(o -> refresh());
    refresh();
  }

  private void complete(FilterViewModel filter) {
    TextFields.bindAutoCompletion(
        search,
        request -> {
          OpenDataset open = workbench.openProperty().get();
          return open == null || !sql.isSelected()
              ? List.of()
              : filter.completions(request.getUserText(), open.info().columns());
        });
  }

  private void written() {
    if (search.isFocused() && !sql.isSelected()) {
      pause.playFromStart();
    }
  }

  private void entered() {
    pause.stop();
    leaveWhenFiltered = true;
    workbench.query().apply();
  }

  // A filter that failed is mended in the field; letters there must not decide rows.
  private void ran(boolean runs) {
    if (!runs && leaveWhenFiltered) {
      leaveWhenFiltered = false;
      Platform.runLater(this::leaveIfFiltered);
    }
  }

  private void leaveIfFiltered() {
    if (search.isFocused() && workbench.filter().errorProperty().get().isEmpty()) {
      onLeave.run();
    }
  }

  private void refresh() {
    OpenDataset open = workbench.openProperty().get();
    String column =
        open == null || open.mapping().tracks().isEmpty()
            ? "caption"
            : open.mapping().tracks().get(open.mapping().tracks().size() - 1).column();
    search.setPromptText(
        sql.isSelected()
            ? "SQL, then Enter: length(" + column + ") > 120"
            : "Search all captions (/)");
    setDisable(open == null);
  }

  /** Whether the field has the keyboard. */
  public boolean searching() {
    return search.isFocused();
  }

  /** Gives the field the keyboard. */
  public void focusSearch() {
    search.requestFocus();
    search.selectAll();
  }
}
