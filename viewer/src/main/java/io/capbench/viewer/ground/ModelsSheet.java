package io.capbench.viewer.ground;

import io.capbench.engine.explain.ModelDescription;
import io.capbench.storage.job.Progress;
import io.capbench.viewer.jobs.SharedModel;
import io.capbench.viewer.theme.ProblemMark;
import java.io.File;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.Scene;
import javafx.scene.control.Button;
import javafx.scene.control.ContentDisplay;
import javafx.scene.control.Label;
import javafx.scene.control.ProgressBar;
import javafx.scene.layout.ColumnConstraints;
import javafx.scene.layout.GridPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;
import javafx.util.Subscription;
import org.jspecify.annotations.Nullable;
import org.kordamp.ikonli.feather.Feather;
import org.kordamp.ikonli.javafx.FontIcon;

/** Which model looks: what is known of it, those used before, and what a folder needs. */
public final class ModelsSheet extends VBox {
  private static final int HASH_DIGITS = 12;

  private final ModelsViewModel models;
  private final Supplier<@Nullable File> chooser;
  private final VBox present = new VBox(8);
  private final VBox recent = new VBox(2);
  private final Label recentTitle = new Label("Others at hand");
  private final Button choose = new Button("Choose a folder …", new FontIcon(Feather.FOLDER));
  private final Subscription following;

  /**
   * Makes a sheet.
   *
   * @param chooser asks for a folder; null if the person changed their mind
   * @param onClose closes the sheet
   * @param others what else models are chosen for
   */
  public ModelsSheet(
      ModelsViewModel models, Supplier<@Nullable File> chooser, Runnable onClose, Node others) {
    super(12);
    this.models = models;
    this.chooser = chooser;
    setId("models-sheet");
    getStyleClass().add("sheet");
    Label title = new Label("Models");
    title.getStyleClass().add("sheet-title");
    Label looking = new Label("Looking at images");
    looking.getStyleClass().add("sidebar-title");
    recentTitle.getStyleClass().add("sidebar-title");
    choose.setId("choose-model");
    choose.setOnAction(event -> choose());
    Button close = new Button("Close");
    close.setId("close-models");
    close.setCancelButton(true);
    close.setOnAction(event -> onClose.run());
    Region space = new Region();
    HBox.setHgrow(space, Priority.ALWAYS);
    getChildren()
        .addAll(
            title,
            looking,
            present,
            recentTitle,
            recent,
            needs(),
            choose,
            others,
            new HBox(8, space, close));
    following = models.stateProperty().subscribe(this::show);
    sceneProperty().subscribe(this::leftScene);
  }

  private void leftScene(@Nullable Scene before, @Nullable Scene now) {
    if (now == null) {
      following.unsubscribe();
    }
  }

  /** Gives the keyboard to what a person most likely wants. */
  public void begin() {
    choose.requestFocus();
  }

  private void choose() {
    File folder = chooser.get();
    if (folder != null) {
      models.choose(folder.toPath());
    }
  }

  private void show(ModelState state) {
    List<Node> nodes = new ArrayList<>();
    if (state instanceof ModelState.Ready ready) {
      describe(ready.description(), nodes);
      String note = ready.advice().note();
      if (note != null) {
        Label said = wrapped(note, "model-warning");
        said.setId("model-note");
        said.setGraphic(new FontIcon(Feather.INFO));
        nodes.add(1, said);
      }
    } else if (state instanceof ModelState.Loading loading) {
      loading(loading, nodes);
    } else if (state instanceof ModelState.Failed failed) {
      nodes.add(name(failed.folder().toString(), Feather.ALERT_TRIANGLE));
      Label why = wrapped(failed.sentence(), "sheet-problem");
      why.setId("model-problem");
      ProblemMark.on(why);
      nodes.add(why);
      Button again = new Button("Try again");
      again.setId("load-again");
      again.setOnAction(event -> models.again());
      nodes.add(again);
    } else if (state instanceof ModelState.Chosen chosen) {
      nodes.add(name(chosen.folder().toString(), Feather.CPU));
      nodes.add(wrapped("Not in memory; it is loaded when you look (L).", "sheet-hint"));
      if (chosen.folder().equals(models.offered())) {
        nodes.add(wrapped(SharedModel.BUNDLED, "sheet-hint"));
      }
      Button load = new Button("Load now");
      load.setId("load-model");
      load.setOnAction(event -> models.need());
      nodes.add(load);
    } else {
      nodes.add(
          wrapped("No model is chosen yet. Looking at images takes a CLIP model.", "sheet-hint"));
    }
    present.getChildren().setAll(nodes);
    showRecent();
  }

  private void loading(ModelState.Loading loading, List<Node> nodes) {
    nodes.add(name("Loading " + loading.folder(), Feather.CPU));
    Progress progress = loading.progress();
    ProgressBar bar =
        new ProgressBar(
            progress.bounded() ? (double) progress.done() / Math.max(1, progress.total()) : -1);
    bar.setMaxWidth(Double.MAX_VALUE);
    HBox.setHgrow(bar, Priority.ALWAYS);
    Button stop = new Button("Cancel");
    stop.setId("cancel-loading");
    stop.setOnAction(event -> models.cancel());
    HBox line = new HBox(8, bar, stop);
    line.setAlignment(Pos.CENTER_LEFT);
    nodes.add(line);
  }

  private static void describe(ModelDescription model, List<Node> nodes) {
    nodes.add(name(model.name(), Feather.CHECK_CIRCLE));
    GridPane facts = new GridPane();
    facts.setId("model-facts");
    facts.setHgap(16);
    facts.setVgap(4);
    ColumnConstraints names = new ColumnConstraints();
    names.setMinWidth(USE_PREF_SIZE);
    facts.getColumnConstraints().add(names);
    fact(facts, "Architecture", model.architecture());
    fact(
        facts,
        "Weights",
        String.format("%,d numbers, stored as %s", model.parameters(), model.dtype()));
    fact(
        facts,
        "Vision",
        String.format(
            "%d blocks, width %,d, %d × %d pixels in patches of %d",
            model.layers(),
            model.width(),
            model.imageSize(),
            model.imageSize(),
            model.patchSize()));
    fact(facts, "Tokenizer", model.tokenizer());
    fact(facts, "Runs on", device(model.device()));
    fact(facts, "Folder", model.folder().toString());
    String hash = model.sha256();
    fact(
        facts,
        "SHA-256",
        hash.length() > HASH_DIGITS ? hash.substring(0, HASH_DIGITS) + "…" : hash);
    nodes.add(facts);
    for (String problem : model.problems()) {
      Label line = wrapped(problem, "model-warning");
      line.setGraphic(new FontIcon(Feather.ALERT_TRIANGLE));
      nodes.add(line);
    }
  }

  private static String device(String device) {
    if (device.equals("cpu")) {
      return "the processor (cpu)";
    }
    return device.startsWith("gpu") ? "the graphics card (" + device + ")" : device;
  }

  private static void fact(GridPane facts, String name, String value) {
    Label left = new Label(name);
    left.getStyleClass().add("sheet-hint");
    Label right = new Label(value);
    right.setWrapText(true);
    facts.addRow(facts.getRowCount(), left, right);
  }

  private void showRecent() {
    Path present = models.folder();
    List<Node> entries = new ArrayList<>();
    Path offered = models.offered();
    for (Path folder : models.recent()) {
      if (!folder.equals(present) && !folder.equals(offered)) {
        entries.add(entry(folder));
      }
    }
    if (offered != null && !offered.equals(present)) {
      Button entry = entry(offered);
      entry.setId("offered-model");
      entries.add(entry);
    }
    recent.getChildren().setAll(entries);
    for (Node node : new Node[] {recent, recentTitle}) {
      node.setVisible(!entries.isEmpty());
      node.setManaged(!entries.isEmpty());
    }
  }

  private Button entry(Path folder) {
    Label name = new Label(String.valueOf(folder.getFileName()));
    name.setMinWidth(USE_PREF_SIZE);
    Label where = new Label(String.valueOf(folder.getParent()));
    where.getStyleClass().add("sheet-hint");
    HBox content = new HBox(8, new FontIcon(Feather.CLOCK), name, where);
    content.setAlignment(Pos.CENTER_LEFT);
    Button button = new Button(null, content);
    button.setContentDisplay(ContentDisplay.GRAPHIC_ONLY);
    button.getStyleClass().addAll("flat", "span-entry");
    button.setMaxWidth(Double.MAX_VALUE);
    button.setAccessibleText("Work with " + folder);
    button.setOnAction(event -> models.choose(folder));
    return button;
  }

  private static VBox needs() {
    VBox box = new VBox(3);
    box.getStyleClass().add("model-needs");
    Label title = new Label("What a folder needs");
    title.getStyleClass().add("card-name");
    box.getChildren()
        .addAll(
            title,
            wrapped("Weights: model.safetensors, pytorch_model.bin or a .pt file", "sheet-hint"),
            wrapped(
                "Configuration: open_clip_config.json or config.json; the usual sizes are known"
                    + " without",
                "sheet-hint"),
            wrapped(
                "Tokenizer: tokenizer.json, or vocab.json and merges.txt, or"
                    + " bpe_simple_vocab_16e6.txt.gz; for CLIPS vocab.txt",
                "sheet-hint"),
            wrapped(
                "They are published on huggingface.co, for example openai/clip-vit-base-patch16;"
                    + " “capbench models list” and “capbench models get NAME” fetch them.",
                "sheet-hint"));
    return box;
  }

  private static Label name(String text, Feather symbol) {
    Label label = new Label(text, new FontIcon(symbol));
    label.setId("model-name");
    label.getStyleClass().add("card-name");
    label.setWrapText(true);
    return label;
  }

  private static Label wrapped(String text, String style) {
    Label label = new Label(text);
    label.getStyleClass().add(style);
    label.setWrapText(true);
    label.setMinHeight(USE_PREF_SIZE);
    return label;
  }
}
