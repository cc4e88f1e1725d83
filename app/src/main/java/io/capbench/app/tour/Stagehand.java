package io.capbench.app.tour;

import io.capbench.storage.model.CapbenchException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BooleanSupplier;
import javafx.animation.AnimationTimer;
import javafx.application.Platform;
import javafx.embed.swing.SwingFXUtils;
import javafx.scene.Node;
import javafx.scene.Scene;
import javafx.scene.control.Labeled;
import javafx.scene.image.WritableImage;
import javafx.scene.input.KeyCode;
import javafx.scene.robot.Robot;
import javax.imageio.ImageIO;

/**
 * Presses keys in a window, waits for what they bring about, and takes pictures. To be called off
 * the FX thread.
 */
final class Stagehand {
  private static final long PATIENCE_SECONDS = 60;
  private static final int PULSES_TO_SETTLE = 3;

  private final Scene scene;

  Stagehand(Scene scene) {
    this.scene = scene;
  }

  /** Presses the keys together, as a person would. */
  void press(KeyCode... keys) {
    onFx(
        () -> {
          Robot robot = new Robot();
          for (KeyCode key : keys) {
            robot.keyPress(key);
          }
          for (int i = keys.length - 1; i >= 0; i--) {
            robot.keyRelease(keys[i]);
          }
          return true;
        });
  }

  /** Types letters, digits and spaces. */
  void type(String text) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      KeyCode key =
          c == ' ' ? KeyCode.SPACE : KeyCode.getKeyCode(String.valueOf(c).toUpperCase(Locale.ROOT));
      if (Character.isUpperCase(c)) {
        press(KeyCode.SHIFT, key);
      } else {
        press(key);
      }
    }
  }

  /** The node of that id; on the FX thread only. */
  Node find(String id) {
    Node node = scene.lookup("#" + id);
    if (node == null) {
      throw new IllegalStateException("The window has no node #" + id);
    }
    return node;
  }

  /** All nodes of that style; on the FX thread only. */
  Set<Node> all(String style) {
    return scene.getRoot().lookupAll(style);
  }

  /** The text of the label or button of that id. */
  String text(String id) {
    return onFx(() -> ((Labeled) find(id)).getText());
  }

  /**
   * Waits until something holds in the window.
   *
   * @param what what is waited for, for the message if it never comes
   * @param condition looked at on the FX thread, once a frame
   */
  void await(String what, BooleanSupplier condition) {
    CompletableFuture<Boolean> holds = new CompletableFuture<>();
    AnimationTimer timer =
        new AnimationTimer() {
          @Override
          public void handle(long now) {
            try {
              if (!condition.getAsBoolean()) {
                return;
              }
              holds.complete(true);
            } catch (RuntimeException e) {
              holds.completeExceptionally(e);
            }
            stop();
          }
        };
    Platform.runLater(timer::start);
    get(holds, what);
  }

  /** Writes a picture of the window once it has settled. */
  void picture(Path file) {
    int[] pulses = {0};
    await("the window to settle", () -> pulses[0]++ >= PULSES_TO_SETTLE);
    WritableImage image = onFx(() -> scene.snapshot(null));
    try {
      ImageIO.write(SwingFXUtils.fromFXImage(image, null), "png", file.toFile());
    } catch (IOException e) {
      throw new CapbenchException("The picture " + file + " cannot be written: " + e, e);
    }
  }

  /** Runs something on the FX thread and waits for it. */
  <T> T onFx(Callable<T> work) {
    CompletableFuture<T> result = new CompletableFuture<>();
    Platform.runLater(
        () -> {
          try {
            result.complete(work.call());
          } catch (Exception e) {
            result.completeExceptionally(e);
          }
        });
    return get(result, "the window");
  }

  private static <T> T get(CompletableFuture<T> future, String what) {
    try {
      return future.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
    } catch (TimeoutException e) {
      throw new CapbenchException("Waited " + PATIENCE_SECONDS + " s in vain for " + what, e);
    } catch (ExecutionException e) {
      throw e.getCause() instanceof RuntimeException cause ? cause : new IllegalStateException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new CapbenchException("The tour was interrupted", e);
    }
  }
}
