package io.capbench.app.tour;

import io.capbench.storage.model.CapbenchException;
import io.capbench.viewer.theme.ProblemMark;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
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
import org.jspecify.annotations.Nullable;

/**
 * Presses keys in a window, waits for what they bring about, and takes pictures. Whatever is waited
 * for, the wait ends as soon as the window tells a person of a problem. To be called off the FX
 * thread.
 */
final class Stagehand {
  /** Long enough for a machine that is busy: what cannot come at all is not waited for. */
  private static final long PATIENCE_MINUTES = 10;

  private static final int PULSES_TO_SETTLE = 3;

  private final Scene scene;
  private volatile @Nullable Throwable mishap;

  Stagehand(Scene scene) {
    this.scene = scene;
    onFx(
        () -> {
          Thread.currentThread().setUncaughtExceptionHandler((thread, thrown) -> mishap = thrown);
          return true;
        });
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
   * @param what what is waited for, for the message if it does not come
   * @param condition looked at on the FX thread, once a frame
   * @throws CapbenchException with the window's own sentence, if the window tells of a problem
   *     meanwhile
   */
  void await(String what, BooleanSupplier condition) {
    CompletableFuture<Boolean> holds = new CompletableFuture<>();
    AnimationTimer timer =
        new AnimationTimer() {
          @Override
          public void handle(long now) {
            try {
              if (!condition.getAsBoolean()) {
                checkThatItCanCome(what);
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

  private void checkThatItCanCome(String what) {
    Throwable thrown = mishap;
    if (thrown != null) {
      throw new IllegalStateException("The window failed before " + what, thrown);
    }
    List<String> problems = ProblemMark.seenIn(scene.getRoot());
    if (!problems.isEmpty()) {
      throw new CapbenchException(
          "The tour waited for " + what + ", but the window says: " + String.join(" / ", problems));
    }
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
      return future.get(PATIENCE_MINUTES, TimeUnit.MINUTES);
    } catch (TimeoutException e) {
      throw new CapbenchException("Waited " + PATIENCE_MINUTES + " minutes in vain for " + what, e);
    } catch (ExecutionException e) {
      throw e.getCause() instanceof RuntimeException cause ? cause : new IllegalStateException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new CapbenchException("The tour was interrupted", e);
    }
  }
}
