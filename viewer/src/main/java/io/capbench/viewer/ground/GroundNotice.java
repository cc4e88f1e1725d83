package io.capbench.viewer.ground;

import io.capbench.storage.job.Progress;
import io.capbench.viewer.theme.ProblemMark;
import javafx.animation.PauseTransition;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.ProgressBar;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;
import javafx.util.Duration;
import org.kordamp.ikonli.feather.Feather;
import org.kordamp.ikonli.javafx.FontIcon;

/**
 * What is said over the picture while nothing is found yet: that it takes a moment, a model, or
 * another try. FX thread only.
 */
final class GroundNotice extends VBox {
  /** What is over sooner is not shown: a flash helps nobody. */
  private static final Duration SLOW = Duration.millis(150);

  private static final double WIDTH = 420;

  private final GroundViewModel ground;
  private final Runnable onModels;
  private final FontIcon icon = new FontIcon(Feather.EYE);
  private final Label title = new Label();
  private final Label words = new Label();
  private final ProgressBar bar = new ProgressBar();
  private final Button cancel;
  private final Button again;
  private final Button model;
  private final PauseTransition wait = new PauseTransition(SLOW);

  GroundNotice(GroundViewModel ground, Runnable onModels, Runnable onDone) {
    super(6);
    this.ground = ground;
    this.onModels = onModels;
    setId("ground-notice");
    getStyleClass().add("ground-notice");
    setMaxSize(WIDTH, USE_PREF_SIZE);
    title.setId("ground-title");
    title.getStyleClass().add("ground-title");
    title.setMinWidth(0);
    words.setId("ground-words");
    words.getStyleClass().add("ground-words");
    words.setWrapText(true);
    words.setMinHeight(USE_PREF_SIZE);
    bar.getStyleClass().add("small");
    bar.setMaxWidth(Double.MAX_VALUE);
    cancel =
        button(
            "ground-cancel",
            "Cancel",
            () -> {
              onDone.run();
              ground.cancel();
            });
    again =
        button(
            "ground-again",
            "Try again",
            () -> {
              onDone.run();
              ground.again();
            });
    model = button("ground-model", "Choose a model (Ctrl+M)", this::models);
    Region space = new Region();
    HBox.setHgrow(space, Priority.ALWAYS);
    HBox head = new HBox(8, icon, title, space, cancel);
    head.setAlignment(Pos.CENTER_LEFT);
    HBox buttons = new HBox(8, again, model);
    buttons.managedProperty().bind(again.managedProperty().or(model.managedProperty()));
    getChildren().addAll(head, bar, words, buttons);
    wait.setOnFinished(event -> setVisible(true));
    ground.stateProperty().subscribe(this::show);
  }

  private static Button button(String id, String text, Runnable action) {
    Button button = new Button(text);
    button.setId(id);
    button.getStyleClass().add("small");
    button.setMinWidth(USE_PREF_SIZE);
    button.setOnAction(event -> action.run());
    return button;
  }

  private void models() {
    onModels.run();
  }

  private void show(GroundState state) {
    Feather symbol = Feather.EYE;
    String sentence = "";
    boolean busy = false;
    boolean retry = false;
    boolean choose = false;
    if (state instanceof GroundState.LoadingModel loading) {
      title.setText("Loading " + loading.name());
      busy = true;
      progress(loading.progress());
    } else if (state instanceof GroundState.Looking looking) {
      Progress progress = looking.progress();
      title.setText(
          progress.bounded()
              ? "Looking · %,d of %,d %s"
                  .formatted(progress.done(), progress.total(), progress.unit())
              : "Looking …");
      busy = true;
      progress(progress);
    } else if (state instanceof GroundState.NoModel) {
      title.setText("Looking takes a model");
      sentence =
          "A CLIP model finds each part of a caption in the image. Choose a folder with one;"
              + " it stays on this machine.";
      choose = true;
    } else if (state instanceof GroundState.Failed failed) {
      symbol = Feather.ALERT_TRIANGLE;
      boolean ofModel = ground.models().stateProperty().get() instanceof ModelState.Failed;
      title.setText(ofModel ? "The model cannot be loaded" : "Looking did not work");
      sentence = failed.sentence();
      retry = true;
      choose = ofModel;
    } else if (state instanceof GroundState.Cancelled) {
      symbol = Feather.PAUSE_CIRCLE;
      title.setText("Stopped");
      retry = true;
    } else if (state instanceof GroundState.Nothing nothing) {
      symbol = Feather.EYE_OFF;
      title.setText(nothing.sentence());
    }
    icon.setIconCode(symbol);
    words.setText(sentence);
    ProblemMark.set(words, state instanceof GroundState.Failed);
    shown(words, !sentence.isEmpty());
    shown(bar, busy);
    shown(cancel, busy);
    shown(again, retry);
    again.setText(state instanceof GroundState.Cancelled ? "Look again" : "Try again");
    shown(model, choose);
    appear(busy, hasWords(state));
  }

  private static boolean hasWords(GroundState state) {
    boolean silent =
        state instanceof GroundState.Off
            || state instanceof GroundState.Found
            || (state instanceof GroundState.Nothing nothing && nothing.sentence().isEmpty());
    return !silent;
  }

  private void appear(boolean busy, boolean visible) {
    if (!visible || !busy) {
      wait.stop();
      setVisible(visible);
    } else if (!isVisible() && wait.getStatus() != javafx.animation.Animation.Status.RUNNING) {
      wait.playFromStart();
    }
  }

  private void progress(Progress progress) {
    bar.setProgress(
        progress.bounded() ? (double) progress.done() / Math.max(1, progress.total()) : -1);
  }

  private static void shown(Node node, boolean shown) {
    node.setVisible(shown);
    node.setManaged(shown);
  }
}
