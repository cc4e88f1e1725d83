package io.capbench.viewer.change;

import io.capbench.storage.model.Decision;
import io.capbench.storage.workspace.StrayDecision;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.time.format.FormatStyle;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;
import javafx.beans.property.ReadOnlyStringWrapper;
import javafx.geometry.Pos;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.TableColumn;
import javafx.scene.control.TableView;
import javafx.scene.input.Clipboard;
import javafx.scene.input.ClipboardContent;
import javafx.scene.layout.HBox;
import javafx.scene.layout.VBox;

/** Lists decisions whose content no row has any more. FX thread only. */
public final class UnmatchedSheet extends VBox {
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofLocalizedDateTime(FormatStyle.SHORT).withZone(ZoneId.systemDefault());

  private final List<StrayDecision> strays;

  /**
   * Makes the sheet.
   *
   * @param strays the decisions
   * @param onClose called to close it
   */
  public UnmatchedSheet(List<StrayDecision> strays, Runnable onClose) {
    super(14);
    this.strays = List.copyOf(strays);
    setId("unmatched");
    getStyleClass().add("sheet");
    Label title = new Label("Decisions without a row");
    title.getStyleClass().add("sheet-title");
    Label text =
        new Label(
            "No row of the dataset has the image and the captions that these decisions were taken"
                + " on. They stay in the workspace.");
    text.setWrapText(true);
    TableView<StrayDecision> table = new TableView<>();
    table.getColumns().add(column("File", 190, StrayDecision::shard));
    table.getColumns().add(column("Row", 90, stray -> number(stray.decision().key().row())));
    table.getColumns().add(column("Decision", 320, stray -> words(stray.decision())));
    table.getColumns().add(column("Annotator", 110, stray -> stray.decision().annotator()));
    table.getColumns().add(column("When", 130, stray -> TIME.format(stray.decision().at())));
    table.getItems().setAll(strays);
    table.setPrefHeight(360);
    Button copy = new Button("Copy the list");
    copy.setOnAction(event -> copy());
    Button close = new Button("Close");
    close.setCancelButton(true);
    close.setDefaultButton(true);
    close.setOnAction(event -> onClose.run());
    HBox buttons = new HBox(8, copy, close);
    buttons.setAlignment(Pos.CENTER_RIGHT);
    getChildren().addAll(title, text, table, buttons);
  }

  private static TableColumn<StrayDecision, String> column(
      String name, double width, Function<StrayDecision, String> value) {
    TableColumn<StrayDecision, String> column = new TableColumn<>(name);
    column.setPrefWidth(width);
    column.setCellValueFactory(cell -> new ReadOnlyStringWrapper(value.apply(cell.getValue())));
    return column;
  }

  private static String number(long value) {
    return String.format("%,d", value);
  }

  private static String words(Decision decision) {
    List<String> words = new ArrayList<>();
    if (decision.verdict() != null) {
      words.add(decision.verdict().id());
    }
    if (decision.editedText() != null) {
      words.add("wrote: " + decision.editedText());
    }
    if (!decision.tags().isEmpty()) {
      words.add("tagged " + String.join(", ", decision.tags()));
    }
    if (!decision.spans().isEmpty()) {
      words.add(decision.spans().size() + " marked");
    }
    return String.join(", ", words);
  }

  private void copy() {
    ClipboardContent content = new ClipboardContent();
    content.putString(
        strays.stream()
            .map(
                stray ->
                    String.join(
                        "\t",
                        stray.shard(),
                        String.valueOf(stray.decision().key().row()),
                        words(stray.decision()).replaceAll("[\\t\\r\\n]", " "),
                        stray.decision().annotator(),
                        stray.decision().at().toString()))
            .collect(Collectors.joining("\n")));
    Clipboard.getSystemClipboard().setContent(content);
  }
}
