package io.capbench.app.gui;

import io.capbench.app.AppFolders;
import io.capbench.storage.model.CapbenchException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import javafx.application.Platform;
import javafx.stage.Stage;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Starts JavaFX and shows a window until it is closed. */
public final class GuiLauncher {
  private static final Logger LOG = LoggerFactory.getLogger(GuiLauncher.class);

  private final AppFolders folders;

  /** A launcher for a person's folders. */
  public GuiLauncher(AppFolders folders) {
    this.folders = folders;
  }

  /**
   * Shows a window and waits until it is closed. May be called once a process: JavaFX cannot start
   * twice.
   *
   * @throws CapbenchException if there is no display after all, or the workspace cannot be opened
   */
  public void show(CapbenchWindow.Request request) {
    CountDownLatch closed = new CountDownLatch(1);
    AtomicReference<RuntimeException> failure = new AtomicReference<>();
    Runnable start =
        () -> {
          Thread.currentThread().setUncaughtExceptionHandler(GuiLauncher::logged);
          try {
            Stage stage = new Stage();
            CapbenchWindow window = new CapbenchWindow(stage, folders, request);
            window.onClosed(closed::countDown);
          } catch (RuntimeException e) {
            failure.set(e);
            closed.countDown();
          }
        };
    try {
      Platform.startup(start);
    } catch (UnsupportedOperationException e) {
      throw new CapbenchException(
          "The display cannot be used ("
              + e.getMessage()
              + "). Without one, \"capbench tour\" shows what Capbench does, and every other command"
              + " works.",
          e);
    }
    try {
      closed.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    Platform.exit();
    RuntimeException thrown = failure.get();
    if (thrown != null) {
      throw thrown;
    }
  }

  /** One mishap must not take the window down with everything that is in it. */
  private static void logged(Thread thread, Throwable thrown) {
    LOG.error("Unexpected on {}", thread.getName(), thrown);
  }
}
