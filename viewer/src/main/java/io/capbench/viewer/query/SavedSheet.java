package io.capbench.viewer.query;

import io.capbench.storage.model.ColumnInfo;
import io.capbench.viewer.dataset.SavedQueriesViewModel;
import io.capbench.viewer.dataset.SavedQuery;
import io.capbench.viewer.theme.ProblemMark;
import java.util.List;
import javafx.collections.ListChangeListener;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.ScrollPane;
import javafx.scene.control.TextField;
import javafx.scene.control.Tooltip;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;
import org.kordamp.ikonli.feather.Feather;
import org.kordamp.ikonli.javafx.FontIcon;

/** Where filters get names and lose them. FX thread only; listens until it is closed. */
public final class SavedSheet extends VBox {
  private static final double MOST_HEIGHT = 360;

  private final SavedQueriesViewModel model;
  private final List<ColumnInfo> columns;
  private final Runnable onClose;
  private final VBox names = new VBox(6);
  private final Label none = new Label("No filter has a name yet.");
  private final ScrollPane scroll = new ScrollPane(names);
  private final TextField name = new TextField();
  private final ListChangeListener<SavedQuery> listener = change -> refresh();

  /**
   * Makes the sheet.
   *
   * @param columns of the dataset that is open
   * @param present the present filter and order, for people
   * @param onClose closes it
   */
  public SavedSheet(
      SavedQueriesViewModel model, List<ColumnInfo> columns, String present, Runnable onClose) {
    super(12);
    this.model = model;
    this.columns = List.copyOf(columns);
    this.onClose = onClose;
    setId("saved-sheet");
    getStyleClass().add("sheet");
    Label title = new Label("Named filters");
    title.getStyleClass().add("sheet-title");
    Label what = new Label(present);
    what.setWrapText(true);
    what.getStyleClass().add("sheet-hint");
    name.setId("saved-name");
    name.setPromptText("Name of the present filter and order");
    name.setAccessibleText("Name of the present filter and order");
    name.setOnAction(event -> save());
    HBox.setHgrow(name, Priority.ALWAYS);
    Button save = new Button("Save");
    save.setId("saved-save");
    save.getStyleClass().add("accent");
    save.setOnAction(event -> save());
    save.disableProperty().bind(name.textProperty().map(text -> text.isBlank()));
    HBox line = new HBox(8, name, save);
    line.setDisable(model.readOnly());
    scroll.getStyleClass().add("edge-to-edge");
    scroll.setFitToWidth(true);
    scroll.setMaxHeight(MOST_HEIGHT);
    none.getStyleClass().add("sheet-hint");
    Label problem = new Label();
    problem.getStyleClass().add("sheet-problem");
    ProblemMark.on(problem);
    problem.setWrapText(true);
    problem.textProperty().bind(model.problemProperty());
    problem.managedProperty().bind(problem.textProperty().isNotEmpty());
    Button close = new Button("Close");
    close.setOnAction(event -> onClose.run());
    HBox buttons = new HBox(close);
    buttons.setAlignment(Pos.CENTER_RIGHT);
    getChildren().addAll(title, what, line, none, scroll, problem, buttons);
    // The model outlives the sheet.
    sceneProperty()
        .addListener(
            (o, was, now) -> {
              model.all().removeListener(listener);
              if (now != null) {
                model.all().addListener(listener);
                refresh();
              }
            });
    refresh();
  }

  /** Gives the keyboard to the name. */
  @Override
  public void requestFocus() {
    name.requestFocus();
  }

  private void save() {
    if (!name.getText().isBlank()) {
      model.save(name.getText(), columns);
      onClose.run();
    }
  }

  private void refresh() {
    names.getChildren().setAll(model.all().stream().map(this::line).toList());
    boolean empty = names.getChildren().isEmpty();
    none.setVisible(empty);
    none.setManaged(empty);
    scroll.setVisible(!empty);
    scroll.setManaged(!empty);
  }

  private Node line(SavedQuery query) {
    TextField field = new TextField(query.name());
    field.getStyleClass().add("saved-field");
    field.setAccessibleText("Name; Enter renames");
    field.setTooltip(new Tooltip("Enter renames"));
    field.setOnAction(event -> model.rename(query, field.getText()));
    HBox.setHgrow(field, Priority.ALWAYS);
    boolean fits = query.fits(columns);
    Button choose = new Button("Use");
    choose.setDisable(!fits);
    choose.setOnAction(
        event -> {
          onClose.run();
          model.choose(query);
        });
    Label why = new Label(fits ? "" : "not for these columns");
    why.getStyleClass().add("sheet-hint");
    why.setMinWidth(Region.USE_PREF_SIZE);
    Button delete = new Button(null, new FontIcon(Feather.TRASH_2));
    delete.getStyleClass().addAll("button-icon", "flat");
    delete.setTooltip(new Tooltip("Delete " + query.name()));
    delete.setAccessibleText("Delete " + query.name());
    delete.setOnAction(event -> model.delete(query));
    delete.setDisable(model.readOnly());
    field.setDisable(model.readOnly());
    HBox line = new HBox(8, field, why, choose, delete);
    line.setAlignment(Pos.CENTER_LEFT);
    return line;
  }
}
