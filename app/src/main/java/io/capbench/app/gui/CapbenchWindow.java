package io.capbench.app.gui;

import io.capbench.app.AppFolders;
import io.capbench.app.AppHome;
import io.capbench.app.AppSettings;
import io.capbench.app.WebAccess;
import io.capbench.engine.text.ProvenanceAnalyzer;
import io.capbench.resources.Resource;
import io.capbench.storage.dataset.DatasetOpener;
import io.capbench.storage.job.DaemonThreads;
import io.capbench.storage.job.JobRunner;
import io.capbench.storage.model.CapbenchException;
import io.capbench.storage.workspace.Workspace;
import io.capbench.viewer.browse.BrowseViewModel;
import io.capbench.viewer.caption.CaptionMarks;
import io.capbench.viewer.change.ChangeViewModel;
import io.capbench.viewer.dataset.OpenDataset;
import io.capbench.viewer.dataset.WorkbenchViewModel;
import io.capbench.viewer.export.ExportViewModel;
import io.capbench.viewer.fuse.FuseRowsViewModel;
import io.capbench.viewer.fuse.FuseViewModel;
import io.capbench.viewer.ground.GroundViewModel;
import io.capbench.viewer.ground.ScoreViewModel;
import io.capbench.viewer.images.ImagesViewModel;
import io.capbench.viewer.insight.FacetsViewModel;
import io.capbench.viewer.jobs.JobsViewModel;
import io.capbench.viewer.review.ReviewViewModel;
import io.capbench.viewer.shell.Look;
import io.capbench.viewer.shell.Workbench;
import io.capbench.viewer.theme.Theme;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.TimeUnit;
import javafx.animation.KeyFrame;
import javafx.animation.Timeline;
import javafx.application.Platform;
import javafx.scene.Scene;
import javafx.scene.image.Image;
import javafx.stage.Stage;
import javafx.util.Duration;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One window and everything behind it: the place where the modules are put together. FX thread
 * only, apart from the constructor's arguments.
 */
public final class CapbenchWindow implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(CapbenchWindow.class);
  private static final String GREETING =
      "Try L: where is this caption in the picture? Row 1's tells of something that is not there,"
          + " and so does row 5's long one (C). F fuses, ? lists all keys.";

  private static final int READERS = 3;
  private static final long UNSEEN = -1;
  private static final int PICTURES = 8;
  private static final double SMALLEST_WIDTH = 900;
  private static final double SMALLEST_HEIGHT = 560;
  private static final Duration CARE = Duration.seconds(2);
  private static final long CLOSING_SECONDS = 5;

  private final AppFolders folders;
  private final Stage stage;
  private final Workspace workspace;
  private final JobRunner jobs = new JobRunner();
  private final ExecutorService readers = DaemonThreads.pool(READERS, "rows");

  /** Of their own, because a slow host on the web must not hold up the rows. */
  private final ExecutorService pictures = DaemonThreads.pool(PICTURES, "pictures");

  private final ExecutorService writer = DaemonThreads.pool(1, "decisions");

  /** Of its own, because a network drive that is gone can hold up whoever asks for it. */
  private final ExecutorService watcher = DaemonThreads.pool(1, "watch");

  private final BrowseViewModel browse;
  private final ReviewViewModel review;
  private final WorkbenchViewModel workbenchModel;
  private final DatasetOpener opener;
  private final ImagesViewModel images;
  private final Workbench workbench;
  private final ChangeViewModel change;
  private final GroundViewModel ground;
  private final FuseViewModel fuse;
  private final Timeline care;
  private volatile long seenVersion = UNSEEN;
  private AppSettings settings;
  private Runnable onClosed = () -> {};
  private boolean closed;
  private boolean greeted;

  /**
   * What to open.
   *
   * @param workspace keeps the decisions; the window closes it
   * @param settings how the person likes windows
   * @param web what may be fetched
   * @param model the folder of the model to look with, or null for the one used last
   * @param dataset files and folders, at least one
   * @param home where the bundled sample and its models are
   */
  public record Request(
      Workspace workspace,
      AppSettings settings,
      WebAccess web,
      @Nullable Path model,
      List<Path> dataset,
      AppHome home) {}

  /**
   * Shows a window.
   *
   * @param stage the stage to fill
   * @param folders where settings and caches are
   * @param request what to open
   */
  public CapbenchWindow(Stage stage, AppFolders folders, Request request) {
    this.stage = stage;
    this.folders = folders;
    settings = request.settings();
    workspace = request.workspace();
    CaptionMarks marks = new CaptionMarks(new ProvenanceAnalyzer());
    browse = new BrowseViewModel(marks, readers, Platform::runLater);
    review = new ReviewViewModel(browse, writer, Platform::runLater);
    review.annotatorProperty().set(annotator(settings));
    opener = request.web().opener(folders.cache());
    workbenchModel =
        new WorkbenchViewModel(opener, jobs, workspace, browse, review, writer, Platform::runLater);
    images =
        new ImagesViewModel(
            opener.web(),
            !request.web().offline(),
            workbenchModel,
            workspace,
            new ImagesViewModel.Runners(jobs, writer, Platform::runLater));
    images.onlineProperty().set(settings.webImages());
    change =
        new ChangeViewModel(
            new ChangeViewModel.Models(workbenchModel, browse, review),
            workspace,
            jobs,
            watcher,
            Platform::runLater);
    WindowModels models = new WindowModels(folders, workspace, jobs);
    ground = models.ground(workbenchModel, browse);
    ground.take(settings.groundOrDefault());
    ground.models().offer(request.home().sampleClip());
    Path model = request.model();
    if (model != null) {
      ground.models().choose(model.toAbsolutePath().normalize());
    }
    fuse = models.fuse(workbenchModel, browse, marks);
    fuse.fuser().remember(settings.fuser());
    fuse.fuser().offer(request.home().sampleFuser());
    Workbench.Models parts =
        new Workbench.Models(
            workbenchModel,
            browse,
            review,
            new FacetsViewModel(workbenchModel, jobs, Platform::runLater),
            new ExportViewModel(jobs, workspace, workbenchModel.filter(), Platform::runLater),
            images,
            new JobsViewModel(jobs, Platform::runLater),
            change,
            ground,
            new ScoreViewModel(
                workbenchModel, ground.models(), workspace, jobs, Platform::runLater),
            fuse,
            new FuseRowsViewModel(
                workbenchModel, fuse.fuser(), workspace, jobs, Platform::runLater));
    Theme.loadFonts();
    workbench =
        new Workbench(
            parts,
            workspace.file(),
            request.home().sample(),
            look(settings),
            pictures,
            Platform::runLater);
    showStage(settings);
    writer.execute(this::lookForForeignChanges);
    care = takeCare();
    if (settings.equals(AppSettings.DEFAULT)
        && request.dataset().equals(List.of(request.home().sample()))) {
      workbenchModel.openProperty().subscribe(this::greet);
    }
    workbenchModel.open(request.dataset());
  }

  /** On the first start: what there is to try. */
  private void greet(@Nullable OpenDataset open) {
    boolean models = ground.models().offered() != null && fuse.fuser().offered() != null;
    if (open != null && models && !greeted) {
      greeted = true;
      Platform.runLater(() -> review.tell(GREETING));
    }
  }

  private void showStage(AppSettings settings) {
    Scene scene =
        new Scene(
            workbench,
            Math.max(SMALLEST_WIDTH, settings.width()),
            Math.max(SMALLEST_HEIGHT, settings.height()));
    stage.setTitle("Capbench");
    stage.setMinWidth(SMALLEST_WIDTH);
    stage.setMinHeight(SMALLEST_HEIGHT);
    stage.getIcons().add(new Image(Resource.url("icons/capbench.png").toExternalForm()));
    stage.setScene(scene);
    stage.setMaximized(settings.maximized());
    workbenchModel
        .openProperty()
        .subscribe(
            open -> stage.setTitle(open == null ? "Capbench" : open.info().name() + " – Capbench"));
    workbench.listenToKeys();
    stage.setOnHidden(event -> close());
    stage.show();
  }

  /**
   * Every two seconds: looks for what other windows decided, and keeps what is to be remembered.
   */
  private Timeline takeCare() {
    Timeline timeline = new Timeline(new KeyFrame(CARE, event -> care()));
    timeline.setCycleCount(Timeline.INDEFINITE);
    timeline.play();
    return timeline;
  }

  private void care() {
    // Kept all along, and not only on closing: a program can end in many ways.
    workbenchModel.remember();
    keepSettings();
    change.look();
    writer.execute(this::lookForForeignChanges);
  }

  private void lookForForeignChanges() {
    try {
      long now = workspace.decisions().dataVersion();
      boolean first = seenVersion == UNSEEN;
      boolean changed = now != seenVersion;
      seenVersion = now;
      if (changed && !first) {
        Platform.runLater(browse::reload);
        Platform.runLater(review::refreshCounts);
      }
    } catch (CapbenchException e) {
      // The next decision says it to the person, if it still does not work then.
      LOG.warn("The workspace cannot be asked for changes", e);
    }
  }

  private static String annotator(AppSettings settings) {
    String name = settings.annotator();
    if (name == null || name.isBlank()) {
      name = System.getProperty("user.name", "");
    }
    return name.isBlank() ? "annotator" : name;
  }

  private static Look look(AppSettings settings) {
    @Nullable String theme = settings.theme();
    return new Look(
        Theme.of(theme == null ? "" : theme),
        settings.textSize(),
        settings.leftShown(),
        settings.rightShown(),
        settings.leftDivider(),
        settings.rightDivider(),
        settings.pictureDivider());
  }

  /** The window on the screen. */
  public Stage stage() {
    return stage;
  }

  /** What to run on the FX thread once everything is closed. */
  public void onClosed(Runnable action) {
    onClosed = action;
  }

  /** Keeps the settings, stops the work and closes the workspace. Idempotent. */
  @Override
  public void close() {
    if (closed) {
      return;
    }
    closed = true;
    care.stop();
    List<Runnable> steps =
        List.of(
            this::keepSettings,
            change::close,
            fuse::close,
            workbenchModel::close,
            workbench::close,
            jobs::close,
            ground::close,
            fuse.fuser()::close,
            pictures::shutdownNow,
            watcher::shutdownNow,
            () -> finish(writer),
            () -> finish(readers),
            workspace::close,
            opener.web()::close,
            onClosed);
    for (Runnable step : steps) {
      try {
        step.run();
      } catch (RuntimeException e) {
        // What comes after must happen all the same: else the program never ends.
        LOG.error("The window did not close as it should", e);
      }
    }
  }

  private static void finish(ExecutorService executor) {
    executor.shutdown();
    try {
      if (!executor.awaitTermination(CLOSING_SECONDS, TimeUnit.SECONDS)) {
        LOG.warn("Work was still running when the window closed");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void keepSettings() {
    Look look = workbench.look();
    AppSettings now =
        new AppSettings(
            look.theme().id(),
            look.textSize(),
            look.leftShown(),
            look.rightShown(),
            look.leftDivider(),
            look.rightDivider(),
            look.pictureDivider(),
            stage.getScene().getWidth(),
            stage.getScene().getHeight(),
            stage.isMaximized(),
            workspace.file().toString(),
            review.annotatorProperty().get(),
            images.allowed() ? images.onlineProperty().get() : settings.webImages(),
            ground.preferences(),
            fuse.fuser().kept());
    if (!now.equals(settings)) {
      settings = now;
      writer.execute(() -> save(now));
    }
  }

  private void save(AppSettings now) {
    try {
      now.save(folders.settings());
    } catch (IOException e) {
      LOG.warn("The window's settings were not kept", e);
    }
  }
}
