package io.capbench.viewer.query;

import io.capbench.viewer.dataset.JumpViewModel;
import io.capbench.viewer.theme.ProblemMark;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.TextField;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.VBox;

/** Asks which row to go to. FX thread only. */
public final class JumpSheet extends VBox {
  private final TextField where = new TextField();

  /**
   * Makes the sheet.
   *
   * @param onClose closes it
   */
  public JumpSheet(JumpViewModel model, Runnable onClose) {
    super(12);
    setId("jump");
    getStyleClass().add("sheet");
    model.begin();
    Label title = new Label("Go to a row");
    title.getStyleClass().add("sheet-title");
    Label hint =
        new Label(
            "A position in the list (1,234), shard:row with the shard's number or name and the row"
                + " counted from 0, or a row key.");
    hint.setWrapText(true);
    hint.getStyleClass().add("sheet-hint");
    where.setId("jump-to");
    where.setPromptText("1,234   or   2:500   or   part-00012:500");
    where.setAccessibleText("Row to go to");
    where.setOnAction(event -> model.go(where.getText(), onClose));
    HBox.setHgrow(where, Priority.ALWAYS);
    Button go = new Button("Go");
    go.setId("jump-go");
    go.getStyleClass().add("accent");
    go.setOnAction(event -> model.go(where.getText(), onClose));
    Label problem = new Label();
    problem.setId("jump-problem");
    problem.setWrapText(true);
    problem.getStyleClass().add("sheet-problem");
    ProblemMark.on(problem);
    problem.textProperty().bind(model.problemProperty());
    problem.managedProperty().bind(problem.textProperty().isNotEmpty());
    getChildren().addAll(title, hint, new HBox(8, where, go), problem);
  }

  /** Gives the keyboard to the field. */
  @Override
  public void requestFocus() {
    where.requestFocus();
  }
}
