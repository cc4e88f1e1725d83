package io.capbench.viewer.export;

import io.capbench.storage.export.DecisionSelection;
import io.capbench.storage.export.ExportReport;
import io.capbench.storage.workspace.DecisionCounts;
import io.capbench.viewer.theme.ProblemMark;
import java.io.File;
import java.util.stream.Collectors;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.CheckBox;
import javafx.scene.control.ChoiceBox;
import javafx.scene.control.Label;
import javafx.scene.control.ProgressBar;
import javafx.scene.control.Spinner;
import javafx.scene.control.TextField;
import javafx.scene.layout.GridPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;
import javafx.stage.DirectoryChooser;
import javafx.util.StringConverter;
import org.jspecify.annotations.Nullable;
import org.kordamp.ikonli.feather.Feather;
import org.kordamp.ikonli.javafx.FontIcon;

/** The form of an export and what became of it. FX thread only. */
public final class ExportSheet extends VBox {
  private static final int MOST_A_SHARD = 1_000_000;

  private final ExportViewModel model;
  private final DecisionCounts counts;

  /**
   * Makes the sheet.
   *
   * @param counts what was decided on the dataset
   * @param onClose called to close it; an export that runs goes on
   */
  public ExportSheet(ExportViewModel model, DecisionCounts counts, Runnable onClose) {
    super(14);
    this.model = model;
    this.counts = counts;
    setId("export-sheet");
    getStyleClass().add("sheet");
    Label title = new Label("Export to WebDataset");
    title.getStyleClass().add("sheet-title");
    Label problem = new Label();
    problem.setId("export-problem");
    problem.setWrapText(true);
    problem.getStyleClass().add("sheet-problem");
    ProblemMark.on(problem);
    problem.textProperty().bind(model.problemProperty());
    problem.managedProperty().bind(problem.textProperty().isNotEmpty());
    Label result = new Label();
    result.setId("export-result");
    result.setWrapText(true);
    model.reportProperty().subscribe(report -> result.setText(words(report)));
    result.managedProperty().bind(result.textProperty().isNotEmpty());
    Region space = new Region();
    VBox.setVgrow(space, Priority.ALWAYS);
    getChildren().addAll(title, form(), problem, result, space, buttons(onClose));
  }

  private GridPane form() {
    GridPane form = new GridPane();
    form.setHgap(12);
    form.setVgap(10);
    ChoiceBox<DecisionSelection> rows = new ChoiceBox<>();
    rows.setId("export-rows");
    rows.getItems().setAll(DecisionSelection.values());
    rows.setConverter(new SelectionNames());
    rows.valueProperty().bindBidirectional(model.selectionProperty());
    Label expected = new Label();
    expected.setId("export-expected");
    expected.getStyleClass().add("sheet-hint");
    Runnable showExpected = () -> expected.setText(rowsInWords(model.expected(counts)));
    model.selectionProperty().subscribe(showExpected);
    model.filteredOnlyProperty().subscribe(showExpected);
    HBox which = new HBox(10, rows, expected);
    which.setAlignment(Pos.CENTER_LEFT);
    CheckBox filtered = new CheckBox("Only the rows that the list shows, in its order");
    filtered.selectedProperty().bindBidirectional(model.filteredOnlyProperty());
    filtered.setDisable(!model.filtered());
    TextField captions = new TextField();
    captions.setId("export-captions");
    captions.textProperty().bindBidirectional(model.captionsProperty());
    Label hint =
        new Label(
            "The first that a row has: edited, preferred, or track:NAME, separated by commas.");
    hint.getStyleClass().add("sheet-hint");
    hint.setWrapText(true);
    TextField folder = new TextField();
    folder.setId("export-folder");
    folder.textProperty().bindBidirectional(model.folderProperty());
    HBox.setHgrow(folder, Priority.ALWAYS);
    Button choose = new Button(null, new FontIcon(Feather.FOLDER));
    choose.setAccessibleText("Choose a folder");
    choose.setOnAction(event -> chooseFolder());
    Spinner<Integer> samples =
        new Spinner<>(1, MOST_A_SHARD, model.samplesPerShardProperty().get(), 1000);
    samples.setEditable(true);
    samples
        .valueProperty()
        .subscribe(value -> model.samplesPerShardProperty().set(value == null ? 1 : value));
    CheckBox overwrite = new CheckBox("Replace an earlier export in this folder");
    overwrite.selectedProperty().bindBidirectional(model.overwriteProperty());
    form.addRow(0, label("Rows"), which);
    form.addRow(1, new Label(), filtered);
    form.addRow(2, label("Caption"), captions);
    form.addRow(3, new Label(), hint);
    form.addRow(4, label("Folder"), new HBox(6, folder, choose));
    form.addRow(5, new Label(), overwrite);
    form.addRow(6, label("Rows per shard"), samples);
    for (Node node : new Node[] {captions, hint}) {
      GridPane.setHgrow(node, Priority.ALWAYS);
    }
    form.disableProperty().bind(model.runningProperty());
    return form;
  }

  private static Label label(String text) {
    Label label = new Label(text);
    label.setMinWidth(Region.USE_PREF_SIZE);
    label.getStyleClass().add("sheet-hint");
    return label;
  }

  private HBox buttons(Runnable onClose) {
    ProgressBar progress = new ProgressBar();
    progress.visibleProperty().bind(model.runningProperty());
    Button stop = new Button("Stop");
    stop.visibleProperty().bind(model.runningProperty());
    stop.setOnAction(event -> model.cancel());
    Region space = new Region();
    HBox.setHgrow(space, Priority.ALWAYS);
    Button close = new Button("Close");
    close.setId("export-close");
    close.setCancelButton(true);
    close.setOnAction(event -> onClose.run());
    Button run = new Button("Export");
    run.setId("export-run");
    run.getStyleClass().add("accent");
    run.setDefaultButton(true);
    run.disableProperty().bind(model.runningProperty());
    run.setOnAction(event -> model.run());
    HBox buttons = new HBox(8, progress, stop, space, close, run);
    buttons.setAlignment(Pos.CENTER_LEFT);
    return buttons;
  }

  private void chooseFolder() {
    DirectoryChooser chooser = new DirectoryChooser();
    chooser.setTitle("Export to a folder");
    File folder = chooser.showDialog(getScene().getWindow());
    if (folder != null) {
      model.folderProperty().set(folder.toString());
    }
  }

  private static String rowsInWords(long rows) {
    return rows < 0 ? "" : rows == 1 ? "1 row" : String.format("%,d rows", rows);
  }

  private static String words(@Nullable ExportReport report) {
    if (report == null) {
      return "";
    }
    String text =
        String.format(
            "Wrote %,d %s in %,d %s, %,d bytes.",
            report.samples(),
            report.samples() == 1 ? "sample" : "samples",
            report.shards(),
            report.shards() == 1 ? "shard" : "shards",
            report.bytes());
    if (!report.dropped().isEmpty()) {
      text +=
          report.dropped().entrySet().stream()
              .map(entry -> String.format("%,d %s", entry.getValue(), entry.getKey()))
              .collect(Collectors.joining(", ", " Left out: ", "."));
    }
    return text + "\n" + report.manifest();
  }

  private static final class SelectionNames extends StringConverter<DecisionSelection> {
    @Override
    public String toString(@Nullable DecisionSelection selection) {
      return selection == null
          ? ""
          : switch (selection) {
            case ACCEPTED -> "Accepted rows";
            case NOT_REJECTED -> "All but rejected rows";
            case ALL -> "All rows";
          };
    }

    @Override
    public DecisionSelection fromString(String text) {
      return DecisionSelection.of(text);
    }
  }
}
