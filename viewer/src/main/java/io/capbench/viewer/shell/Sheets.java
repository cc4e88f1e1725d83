package io.capbench.viewer.shell;

import io.capbench.viewer.browse.RowItem;
import io.capbench.viewer.change.Notice;
import io.capbench.viewer.change.UnmatchedSheet;
import io.capbench.viewer.dataset.FilterWords;
import io.capbench.viewer.dataset.JumpViewModel;
import io.capbench.viewer.dataset.MappingEditor;
import io.capbench.viewer.dataset.OpenDataset;
import io.capbench.viewer.export.ExportSheet;
import io.capbench.viewer.fuse.FuseSheet;
import io.capbench.viewer.fuse.FuserSection;
import io.capbench.viewer.ground.ModelsSheet;
import io.capbench.viewer.ground.ScoreSheet;
import io.capbench.viewer.query.JumpSheet;
import io.capbench.viewer.query.SavedSheet;
import io.capbench.viewer.review.SpanMenu;
import io.capbench.viewer.review.SpanViewModel;
import io.capbench.viewer.review.TagSheet;
import io.capbench.viewer.review.WordSelection;
import java.io.File;
import java.nio.file.Path;
import java.util.List;
import javafx.scene.Node;
import javafx.scene.input.DragEvent;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import javafx.scene.input.TransferMode;
import javafx.stage.DirectoryChooser;
import javafx.stage.FileChooser;
import org.jspecify.annotations.Nullable;

/**
 * What lies over the window for a moment: keys, columns, names, export, file choosers. FX thread
 * only.
 */
final class Sheets implements ShellActions {
  private final Node owner;
  private final Workbench.Models models;
  private final Path sample;
  private final Overlay overlay;
  private Runnable onTheme = () -> {};
  private Runnable onRows = () -> {};
  private @Nullable KeyMap keys;

  Sheets(Node owner, Workbench.Models models, Path sample) {
    this.owner = owner;
    this.models = models;
    this.sample = sample;
    overlay = new Overlay(() -> onRows.run());
  }

  Overlay overlay() {
    return overlay;
  }

  void setOnTheme(Runnable action) {
    onTheme = action;
  }

  void setOnRows(Runnable action) {
    onRows = action;
  }

  void setKeys(KeyMap map) {
    keys = map;
  }

  boolean showing() {
    return overlay.showing();
  }

  /** Escape closes the sheet, wherever the keyboard is. */
  void key(KeyEvent event) {
    if (event.getEventType() == KeyEvent.KEY_PRESSED && event.getCode() == KeyCode.ESCAPE) {
      close();
      event.consume();
    }
  }

  private void close() {
    overlay.close();
  }

  @Override
  public void help() {
    if (keys != null) {
      overlay.show(new KeyHelp(keys), 940);
    }
  }

  @Override
  public void export() {
    OpenDataset open = models.workbench().openProperty().get();
    if (open != null) {
      models.export().begin(open);
      overlay.show(
          new ExportSheet(models.export(), models.review().countsProperty().get(), this::close),
          640);
    }
  }

  /** Shows which columns are captions. */
  void columns() {
    OpenDataset open = models.workbench().openProperty().get();
    if (open != null) {
      overlay.show(
          new MappingEditor(
              open.columns(),
              open.mapping(),
              open.reasons(),
              mapping -> {
                close();
                models.workbench().applyMapping(mapping);
              },
              this::close),
          860);
    }
  }

  /** Asks for tags of the selected row. */
  void tags() {
    RowItem item = models.browse().currentProperty().get();
    if (models.workbench().readOnly()) {
      models.review().sayReadOnly();
    } else if (item != null) {
      TagSheet sheet = new TagSheet(models.browse(), models.review().tags(), item, this::close);
      overlay.show(sheet, 380);
      sheet.focusField();
    }
  }

  /** Asks what is wrong with the words that are selected. */
  void spans() {
    SpanViewModel spans = models.review().spans();
    WordSelection selection = spans.selectionProperty().get();
    if (models.workbench().readOnly()) {
      models.review().sayReadOnly();
    } else if (selection == null) {
      spans.askForWords();
    } else {
      overlay.show(new SpanMenu(spans, selection, this::close), 700);
    }
  }

  /** Shows which model looks at images, and which merges captions. */
  void models() {
    FuserSection fuser = new FuserSection(models.fuse().fuser(), this::modelFolder);
    ModelsSheet sheet =
        new ModelsSheet(models.ground().models(), this::modelFolder, this::close, fuser);
    overlay.show(sheet, 720);
    sheet.begin();
  }

  /** Asks which captions to compare with their images. */
  void score() {
    overlay.show(new ScoreSheet(models.score(), this::models, this::close), 520);
  }

  /** Merges the captions of the selected row, or asks who can. */
  void fuse() {
    if (!models.fuse().fuse()) {
      models();
    }
  }

  /** Asks whether to merge the captions of all rows that the filter shows. */
  void fuseRows() {
    long rows = models.browse().rowCountProperty().get();
    overlay.show(new FuseSheet(models.fuseRows(), rows, this::models, this::close), 560);
  }

  private @Nullable File modelFolder() {
    DirectoryChooser chooser = new DirectoryChooser();
    chooser.setTitle("Choose the folder of a model");
    return chooser.showDialog(owner.getScene().getWindow());
  }

  /** Shows decisions whose content no row has any more. */
  void unmatched(Notice.Reanchored done) {
    overlay.show(new UnmatchedSheet(done.report().unmatched(), this::close), 900);
  }

  @Override
  public void names() {
    OpenDataset open = models.workbench().openProperty().get();
    if (open != null) {
      overlay.show(
          new SavedSheet(
              models.workbench().saved(),
              open.info().columns(),
              new FilterWords().of(models.workbench().filter().query()),
              this::close),
          560);
    }
  }

  /** Asks which row to go to. */
  void jump() {
    if (models.workbench().openProperty().get() != null) {
      overlay.show(
          new JumpSheet(new JumpViewModel(models.workbench(), models.browse()), this::close), 460);
    }
  }

  @Override
  public void openFile() {
    FileChooser chooser = new FileChooser();
    chooser.setTitle("Open shards");
    chooser
        .getExtensionFilters()
        .addAll(
            new FileChooser.ExtensionFilter(
                "Datasets",
                "*.parquet",
                "*.json",
                "*.jsonl",
                "*.ndjson",
                "*.csv",
                "*.tsv",
                "*.csv.gz",
                "*.tsv.gz",
                "*.tar"),
            new FileChooser.ExtensionFilter("All files", "*.*"));
    List<File> files = chooser.showOpenMultipleDialog(owner.getScene().getWindow());
    if (files != null && !files.isEmpty()) {
      models.workbench().open(files.stream().map(File::toPath).toList());
    }
  }

  @Override
  public void openFolder() {
    DirectoryChooser chooser = new DirectoryChooser();
    chooser.setTitle("Open a folder of shards");
    File folder = chooser.showDialog(owner.getScene().getWindow());
    if (folder != null) {
      models.workbench().open(List.of(folder.toPath()));
    }
  }

  @Override
  public void openSample() {
    models.workbench().open(List.of(sample));
  }

  @Override
  public void theme() {
    onTheme.run();
  }

  @Override
  public void rows() {
    onRows.run();
  }

  void dragOver(DragEvent event) {
    if (event.getDragboard().hasFiles()) {
      event.acceptTransferModes(TransferMode.COPY);
    }
    event.consume();
  }

  void dropped(DragEvent event) {
    List<File> files = event.getDragboard().getFiles();
    if (!files.isEmpty()) {
      models.workbench().open(files.stream().map(File::toPath).toList());
    }
    event.setDropCompleted(!files.isEmpty());
    event.consume();
  }
}
