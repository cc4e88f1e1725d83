package io.capbench.app;

import io.capbench.app.gui.CapbenchWindow;
import io.capbench.storage.fixture.Patience;
import io.capbench.storage.workspace.Workspace;
import io.capbench.viewer.fixture.FxThread;
import io.capbench.viewer.fixture.Hand;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import javafx.scene.Node;
import javafx.scene.Scene;
import javafx.scene.control.Labeled;
import javafx.scene.input.KeyCode;
import javafx.stage.Stage;

/** The product's window as a person has it before them, and a hand before it. */
final class OpenWindow implements AutoCloseable {
  private final CapbenchWindow window;
  private final Hand hand;

  /**
   * Opens a window and returns when its first row is there and keys come to it.
   *
   * @param folders where its settings are; its workspace is work.capbench in the folder of the data
   */
  OpenWindow(AppFolders folders, Path dataset, AppHome home) {
    Path workspace = folders.data().resolve("work.capbench");
    window =
        FxThread.call(
            () ->
                new CapbenchWindow(
                    new Stage(),
                    folders,
                    new CapbenchWindow.Request(
                        Workspace.open(workspace),
                        AppSettings.load(folders.settings()),
                        WebAccess.USUAL,
                        null,
                        List.of(dataset),
                        home)));
    hand = new Hand(window.stage());
    FxThread.until("the first row is here", () -> !node("#accept").isDisabled());
    hand.untilFocused();
  }

  /** Presses keys together and lets them go. */
  void push(KeyCode... keys) {
    hand.push(keys);
  }

  /** Waits until something holds that is asked on the FX thread, and says what the window says. */
  void until(String what, Callable<Boolean> holds) {
    Patience.until(() -> what + "; " + said(), () -> FxThread.call(holds));
  }

  /** All that the window tells a person at its bottom and over the picture. */
  private String said() {
    Supplier<String> notice =
        () -> node("#ground-notice").isVisible() ? read("#ground-title", "#ground-words") : "";
    return FxThread.call(() -> "the window says " + read("#place", "#message") + notice.get());
  }

  private String read(String... queries) {
    StringBuilder texts = new StringBuilder();
    for (String query : queries) {
      texts.append('"').append(text(query)).append("\" ");
    }
    return texts.toString();
  }

  /** The text of a label or a button. */
  String text(String query) {
    return ((Labeled) node(query)).getText();
  }

  /** What has that selector, or null. */
  Node node(String query) {
    return scene().lookup(query);
  }

  Scene scene() {
    return window.stage().getScene();
  }

  /** Closes it as a person does. Idempotent. */
  @Override
  public void close() {
    FxThread.run(window.stage()::close);
  }
}
