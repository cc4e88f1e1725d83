package io.capbench.viewer.query;

import io.capbench.storage.model.ColumnMapping;
import io.capbench.viewer.dataset.ConditionDraft;
import io.capbench.viewer.dataset.ConditionKind;
import io.capbench.viewer.dataset.FilterBuilderViewModel;
import io.capbench.viewer.dataset.FilterChoices;
import io.capbench.viewer.dataset.OpenDataset;
import io.capbench.viewer.dataset.WorkbenchViewModel;
import io.capbench.viewer.review.ReviewViewModel;
import java.util.List;
import java.util.Locale;
import javafx.animation.PauseTransition;
import javafx.beans.property.StringProperty;
import javafx.collections.ListChangeListener;
import javafx.geometry.Pos;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.MenuButton;
import javafx.scene.control.MenuItem;
import javafx.scene.control.ScrollPane;
import javafx.scene.control.TextField;
import javafx.scene.control.Tooltip;
import javafx.scene.layout.GridPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;
import javafx.util.Duration;
import org.controlsfx.control.textfield.TextFields;
import org.kordamp.ikonli.feather.Feather;
import org.kordamp.ikonli.javafx.FontIcon;

/** The conditions as lines and, beneath them, as SQL. FX thread only. */
public final class FilterBuilder extends VBox {
  private static final Duration PAUSE = Duration.millis(400);
  private static final double MOST_HEIGHT = 230;

  private final WorkbenchViewModel workbench;
  private final FilterBuilderViewModel model;
  private final ReviewViewModel review;
  private final VBox lines = new VBox(4);
  private final ScrollPane scroll = new ScrollPane(lines);
  private final Label none = new Label("No condition yet. Add one, or write SQL below.");
  private final MenuButton add = new MenuButton("Add a condition", new FontIcon(Feather.PLUS));
  private final Button clear = new Button("Clear");
  private final TextField where;
  private final TextField orderBy;
  private final PauseTransition pause = new PauseTransition(PAUSE);

  /**
   * Builds the filter of that workbench.
   *
   * @param review knows the tags that people gave and the types of spans
   */
  public FilterBuilder(
      WorkbenchViewModel workbench, FilterBuilderViewModel model, ReviewViewModel review) {
    this.workbench = workbench;
    this.model = model;
    this.review = review;
    setId("builder");
    getStyleClass().add("filter-builder");
    pause.setOnFinished(event -> workbench.query().applyIfChanged());
    where = sqlField("builder-where", model.whereProperty(), "every row");
    orderBy = sqlField("builder-order", model.orderByProperty(), "as in the shards");
    scroll.getStyleClass().add("edge-to-edge");
    scroll.setFitToWidth(true);
    scroll.setHbarPolicy(ScrollPane.ScrollBarPolicy.NEVER);
    scroll.setMaxHeight(MOST_HEIGHT);
    scroll.setMinHeight(Region.USE_PREF_SIZE);
    none.getStyleClass().add("sheet-hint");
    add.setId("builder-add");
    add.getStyleClass().add("small");
    add.setTooltip(new Tooltip("All conditions must hold"));
    add.setOnShowing(event -> fillAdd());
    clear.setId("builder-clear");
    clear.getStyleClass().addAll("flat", "small");
    clear.setTooltip(new Tooltip("Clear the whole filter"));
    clear.setOnAction(
        event -> {
          workbench.filter().clear();
          model.clear();
          workbench.query().applyIfChanged();
        });
    HBox buttons = new HBox(8, add, clear, none);
    buttons.setAlignment(Pos.CENTER_LEFT);
    getChildren().addAll(scroll, buttons, sql());
    model.lines().addListener((ListChangeListener<ConditionDraft>) change -> refresh());
    workbench.openProperty().addListener(o -> refresh());
    review.tags().knownProperty().addListener(o -> refresh());
    visibleProperty().addListener(o -> review.tags().refresh());
    refresh();
  }

  private GridPane sql() {
    GridPane grid = new GridPane();
    grid.getStyleClass().add("builder-sql");
    orderBy.getStyleClass().add("order-field");
    grid.addRow(0, name("WHERE"), where, name("ORDER BY"), orderBy);
    GridPane.setHgrow(where, Priority.ALWAYS);
    return grid;
  }

  private static Label name(String text) {
    Label name = new Label(text);
    name.getStyleClass().add("sql-word");
    name.setMinWidth(Region.USE_PREF_SIZE);
    return name;
  }

  private TextField sqlField(String id, StringProperty text, String prompt) {
    TextField field = new TextField();
    field.setId(id);
    field.getStyleClass().add("sql-field");
    field.setPromptText(prompt);
    field.setAccessibleText(id.equals("builder-where") ? "Conditions as SQL" : "Order as SQL");
    field.setTooltip(new Tooltip("SQL over the columns; Enter applies it"));
    field.textProperty().bindBidirectional(text);
    field.setOnAction(event -> applySql());
    TextFields.bindAutoCompletion(
        field,
        request -> {
          OpenDataset open = workbench.openProperty().get();
          return open == null || !field.isFocused()
              ? List.of()
              : workbench.filter().completions(request.getUserText(), open.info().columns());
        });
    return field;
  }

  private void applySql() {
    pause.stop();
    model.applySql();
    workbench.query().applyIfChanged();
  }

  private void fillAdd() {
    FilterChoices choices = choices();
    add.getItems().clear();
    for (ConditionKind kind : choices.kinds()) {
      MenuItem item = new MenuItem(kind.title());
      item.setId("add-" + kind.name().toLowerCase(Locale.ROOT));
      item.setOnAction(event -> add(choices.begin(kind)));
      add.getItems().add(item);
    }
  }

  private void add(ConditionDraft line) {
    model.add(line);
    workbench.query().applyIfChanged();
    ((ConditionLine) lines.getChildren().get(lines.getChildren().size() - 1)).begin();
    layout();
    scroll.setVvalue(1);
  }

  private FilterChoices choices() {
    OpenDataset open = workbench.openProperty().get();
    return open == null
        ? new FilterChoices(List.of(), ColumnMapping.NONE)
        : new FilterChoices(
            open.info().columns(),
            open.mapping(),
            review.tags().knownProperty().get(),
            review.spans().types().all());
  }

  /** Gives the keyboard to the builder. */
  public void begin() {
    if (lines.getChildren().isEmpty()) {
      add.requestFocus();
    } else {
      ((ConditionLine) lines.getChildren().get(0)).begin();
    }
  }

  // A line keeps its controls, so that what is being written in them is left alone.
  private void refresh() {
    if (!add.isShowing()) {
      fillAdd();
    }
    FilterChoices choices = choices();
    int wanted = model.lines().size();
    while (lines.getChildren().size() > wanted) {
      lines.getChildren().remove(lines.getChildren().size() - 1);
    }
    for (int i = 0; i < wanted; i++) {
      ConditionDraft draft = model.lines().get(i);
      if (i < lines.getChildren().size()) {
        ((ConditionLine) lines.getChildren().get(i)).show(choices, draft);
      } else {
        int index = i;
        lines
            .getChildren()
            .add(
                new ConditionLine(
                    choices,
                    draft,
                    (line, written) -> changed(index, line, written),
                    () -> remove(index)));
      }
    }
    boolean empty = wanted == 0;
    scroll.setVisible(!empty);
    scroll.setManaged(!empty);
    none.setVisible(empty);
    none.setManaged(empty);
    clear.setVisible(!empty);
    clear.setManaged(!empty);
  }

  private void changed(int index, ConditionDraft line, boolean written) {
    model.set(index, line);
    if (written) {
      pause.playFromStart();
    } else {
      pause.stop();
      workbench.query().applyIfChanged();
    }
  }

  private void remove(int index) {
    model.remove(index);
    workbench.query().applyIfChanged();
    begin();
  }
}
