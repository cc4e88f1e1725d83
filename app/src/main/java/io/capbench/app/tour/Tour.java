package io.capbench.app.tour;

import io.capbench.app.AppFolders;
import io.capbench.app.AppHome;
import io.capbench.app.AppSettings;
import io.capbench.app.SystemLibraries;
import io.capbench.app.WebAccess;
import io.capbench.app.gui.CapbenchWindow;
import io.capbench.storage.model.CapbenchException;
import io.capbench.storage.workspace.Workspace;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import javafx.application.Platform;
import javafx.stage.Stage;
import org.jspecify.annotations.Nullable;

/**
 * Drives the real window through the main job by its keys, without a display: opens a dataset,
 * looks, decides, edits, undoes, filters, exports. Leaves numbered pictures, the workspace and the
 * export.
 */
public final class Tour {
  private final AppFolders folders;
  private final TourFolder out;
  private final AppHome home;
  private final Consumer<String> say;

  /**
   * A tour that has not begun.
   *
   * @param folders for the cache; settings and workspace of the person are not touched
   * @param out folder for what the tour makes
   * @param home where the bundled sample and its models are
   * @param say gets a line for each step
   */
  public Tour(AppFolders folders, Path out, AppHome home, Consumer<String> say) {
    this.folders = folders;
    this.out = new TourFolder(out.toAbsolutePath());
    this.home = home;
    this.say = say;
  }

  /**
   * Gives the tour. JavaFX must not have been started in this process.
   *
   * @throws CapbenchException if the folder is not usable, or as soon as a step cannot happen, with
   *     the sentence that the window shows
   */
  public void run() {
    out.prepare();
    headless();
    Workspace workspace = Workspace.open(out.workspace());
    AtomicReference<@Nullable CapbenchWindow> window = new AtomicReference<>();
    AtomicReference<@Nullable RuntimeException> failure = new AtomicReference<>();
    CountDownLatch shown = new CountDownLatch(1);
    AppFolders own = new AppFolders(out.settings(), out.folder(), folders.cache());
    Platform.startup(
        () -> {
          try {
            window.set(
                new CapbenchWindow(
                    new Stage(),
                    own,
                    new CapbenchWindow.Request(
                        workspace,
                        AppSettings.DEFAULT,
                        WebAccess.USUAL,
                        null,
                        List.of(home.sample().toAbsolutePath()),
                        home)));
          } catch (RuntimeException | LinkageError e) {
            failure.set(explained(e));
          } finally {
            shown.countDown();
          }
        });
    try {
      shown.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    CapbenchWindow open = window.get();
    RuntimeException thrown = failure.get();
    if (open == null) {
      throw thrown == null ? new CapbenchException("The tour was interrupted") : thrown;
    }
    Stagehand hand = new Stagehand(open.stage().getScene());
    try {
      boolean models = home.sampleClip() != null && home.sampleFuser() != null;
      new TourSteps(hand, out, models, say).run();
    } finally {
      hand.onFx(
          () -> {
            open.stage().close();
            return true;
          });
      Platform.exit();
    }
  }

  /** What JavaFX throws where it lacks a library says nothing of the kind. */
  private static RuntimeException explained(Throwable thrown) {
    if (SystemLibraries.lackPango()) {
      return new CapbenchException(
          "The window cannot be drawn, since Pango is missing. " + SystemLibraries.PANGO_REMEDY,
          thrown);
    }
    return thrown instanceof RuntimeException itself
        ? itself
        : new CapbenchException("The window cannot be drawn: " + thrown.getMessage(), thrown);
  }

  /** Lets JavaFX draw into memory. */
  private static void headless() {
    System.setProperty("java.awt.headless", "true");
    System.setProperty("glass.platform", "Monocle");
    System.setProperty("monocle.platform", "Headless");
    System.setProperty("prism.order", "sw");
    System.setProperty("headless.geometry", "1920x1200-32");
  }
}
