package io.capbench.viewer.fuse;

import io.capbench.engine.fusion.FuserDescription;
import io.capbench.viewer.jobs.SharedModel;
import io.capbench.viewer.theme.ProblemMark;
import java.io.File;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.CheckBox;
import javafx.scene.control.Label;
import javafx.scene.control.ProgressBar;
import javafx.scene.control.TextField;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.VBox;
import javafx.util.Subscription;
import org.jspecify.annotations.Nullable;
import org.kordamp.ikonli.feather.Feather;
import org.kordamp.ikonli.javafx.FontIcon;

/** Where a person chooses who merges captions: a folder, or a server. FX thread only. */
public final class FuserSection extends VBox {
  private static final int HASH_DIGITS = 12;

  private final FuserViewModel model;
  private final VBox present = new VBox(6);
  private final CheckBox int8 = new CheckBox("8 bits a weight (int8), for less memory");
  private final TextField address = new TextField();
  private final TextField name = new TextField();
  private final TextField key = new TextField();
  private final Subscription following;

  /**
   * Makes a section.
   *
   * @param chooser asks for a folder; null if the person changed their mind
   */
  public FuserSection(FuserViewModel model, Supplier<@Nullable File> chooser) {
    super(8);
    this.model = model;
    setId("fuser-section");
    Label title = new Label("Merging captions");
    title.getStyleClass().add("sidebar-title");
    int8.setId("fuser-int8");
    Button folder = new Button("Choose a LLaMA folder …");
    folder.setId("choose-fuser");
    folder.setOnAction(
        event -> {
          File chosen = chooser.get();
          if (chosen != null) {
            model.choose(FuserChoice.local(chosen.getPath(), int8.isSelected()));
          }
        });
    HBox local = new HBox(12, folder, int8);
    local.setAlignment(Pos.CENTER_LEFT);
    getChildren().addAll(title, present, local, server());
    FuserChoice choice = model.choice();
    if (choice != null) {
      int8.setSelected(choice.int8());
      address.setText(orEmpty(choice.endpoint()));
      name.setText(orEmpty(choice.model()));
      key.setText(orEmpty(choice.keyVariable()));
    }
    following = model.stateProperty().subscribe(this::show);
    sceneProperty()
        .subscribe(
            (before, now) -> {
              if (now == null) {
                following.unsubscribe();
              }
            });
  }

  private HBox server() {
    field(address, "fuser-address", "or a server: http://localhost:8000/v1");
    field(name, "fuser-model", "its model");
    field(key, "fuser-key", "variable with its key");
    HBox.setHgrow(address, Priority.ALWAYS);
    name.setPrefColumnCount(9);
    key.setPrefColumnCount(11);
    Button use = new Button("Use it");
    use.setId("use-server");
    use.disableProperty().bind(address.textProperty().isEmpty());
    use.setOnAction(
        event ->
            model.choose(FuserChoice.server(address.getText(), name.getText(), key.getText())));
    HBox line = new HBox(8, address, name, key, use);
    line.setAlignment(Pos.CENTER_LEFT);
    return line;
  }

  private static void field(TextField field, String id, String prompt) {
    field.setId(id);
    field.setPromptText(prompt);
    field.setAccessibleText(prompt);
  }

  private static String orEmpty(@Nullable String text) {
    return text == null ? "" : text;
  }

  private void show(FuserState state) {
    List<Node> nodes = new ArrayList<>();
    if (state instanceof FuserState.Ready ready) {
      FuserDescription by = ready.fuser().aside().description();
      String sha = by.sha256();
      nodes.add(
          said(
              by.name()
                  + (by.dtype().isEmpty() ? "" : ", " + by.dtype())
                  + ", on "
                  + by.device()
                  + ", SHA-256 "
                  + sha.substring(0, Math.min(HASH_DIGITS, sha.length()))
                  + "…",
              "card-name"));
      nodes.add(said(ready.choice().place(), "sheet-hint"));
      if (!model.note().isEmpty()) {
        Label note = said(model.note(), "model-warning");
        note.setId("fuser-note");
        note.setGraphic(new FontIcon(Feather.INFO));
        nodes.add(note);
      }
    } else if (state instanceof FuserState.Loading loading) {
      nodes.add(said("Loading " + loading.choice().place(), "card-name"));
      ProgressBar bar =
          new ProgressBar(
              loading.progress().bounded()
                  ? (double) loading.progress().done() / Math.max(1, loading.progress().total())
                  : -1);
      bar.setMaxWidth(Double.MAX_VALUE);
      HBox.setHgrow(bar, Priority.ALWAYS);
      nodes.add(new HBox(8, bar, button("cancel-fuser", "Cancel", model::cancel)));
    } else if (state instanceof FuserState.Failed failed) {
      nodes.add(said(failed.choice().place(), "card-name"));
      Label why = said(failed.sentence(), "sheet-problem");
      why.setId("fuser-problem");
      ProblemMark.on(why);
      nodes.add(why);
      nodes.add(button("fuser-again", "Try again", model::again));
    } else if (state instanceof FuserState.Chosen chosen) {
      nodes.add(said(chosen.choice().place(), "card-name"));
      nodes.add(said("Not in memory; it is loaded when you fuse (F).", "sheet-hint"));
      if (chosen.choice().equals(model.offered())) {
        nodes.add(said(SharedModel.BUNDLED, "sheet-hint"));
      }
      nodes.add(button("load-fuser", "Load now", model::need));
    } else {
      nodes.add(
          said(
              "Nothing is chosen yet. It takes CapsFus-LLaMA, or another LLaMA with config.json,"
                  + " weights and tokenizer.json in a folder, or a server that speaks OpenAI's"
                  + " interface.",
              "sheet-hint"));
    }
    FuserChoice offered = model.offered();
    if (offered != null && !offered.equals(model.choice())) {
      Path name = Path.of(offered.place()).getFileName();
      nodes.add(button("offered-fuser", "Back to " + name, () -> model.choose(offered)));
    }
    present.getChildren().setAll(nodes);
  }

  private static Button button(String id, String text, Runnable action) {
    Button button = new Button(text);
    button.setId(id);
    button.setOnAction(event -> action.run());
    return button;
  }

  private static Label said(String text, String style) {
    Label label = new Label(text);
    label.getStyleClass().add(style);
    label.setMnemonicParsing(false);
    label.setWrapText(true);
    label.setMinHeight(USE_PREF_SIZE);
    return label;
  }
}
