package io.capbench.viewer.shell;

import static org.assertj.core.api.Assertions.assertThat;

import io.capbench.engine.explain.GroundingAdvice;
import io.capbench.engine.fusion.Fuser;
import io.capbench.engine.text.CaptionMeasure;
import io.capbench.engine.text.ProvenanceAnalyzer;
import io.capbench.storage.dataset.DatasetOpener;
import io.capbench.storage.fixture.Patience;
import io.capbench.storage.job.JobContext;
import io.capbench.storage.job.JobRunner;
import io.capbench.storage.model.Decision;
import io.capbench.storage.model.RowKey;
import io.capbench.storage.workspace.Workspace;
import io.capbench.viewer.browse.BrowseViewModel;
import io.capbench.viewer.caption.CaptionMarks;
import io.capbench.viewer.change.ChangeViewModel;
import io.capbench.viewer.dataset.WorkbenchViewModel;
import io.capbench.viewer.export.ExportViewModel;
import io.capbench.viewer.fixture.FakeFuser;
import io.capbench.viewer.fixture.FakeGrounder;
import io.capbench.viewer.fixture.FakeSpace;
import io.capbench.viewer.fixture.FxThread;
import io.capbench.viewer.fixture.Hand;
import io.capbench.viewer.fuse.FuseRowsViewModel;
import io.capbench.viewer.fuse.FuseViewModel;
import io.capbench.viewer.fuse.FuserChoice;
import io.capbench.viewer.fuse.FuserOpener;
import io.capbench.viewer.fuse.FuserViewModel;
import io.capbench.viewer.ground.GroundViewModel;
import io.capbench.viewer.ground.KeptGroundings;
import io.capbench.viewer.ground.ModelsViewModel;
import io.capbench.viewer.ground.OpenModel;
import io.capbench.viewer.ground.ScoreViewModel;
import io.capbench.viewer.images.ImagesViewModel;
import io.capbench.viewer.insight.FacetsViewModel;
import io.capbench.viewer.jobs.JobsViewModel;
import io.capbench.viewer.review.ReviewViewModel;
import io.capbench.viewer.theme.Theme;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import javafx.application.Platform;
import javafx.event.Event;
import javafx.scene.Scene;
import javafx.scene.control.Labeled;
import javafx.scene.control.TextInputControl;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import javafx.stage.Stage;
import org.jspecify.annotations.Nullable;
import org.testfx.api.FxRobot;
import org.testfx.util.WaitForAsyncUtils;

/** A whole workbench in a window, put together as the product does, and a robot before it. */
final class TestWindow {
  private final FxRobot robot = new FxRobot();
  private final JobRunner jobs = new JobRunner();
  private final ExecutorService readers = Executors.newFixedThreadPool(3);
  private final ExecutorService writer = Executors.newSingleThreadExecutor();
  private final ExecutorService watcher = Executors.newSingleThreadExecutor();
  private final Workspace workspace;
  private final DatasetOpener opener;
  private final Workbench.Models models;
  private final FakeFuser fusing = new FakeFuser();
  private volatile FakeGrounder grounder;
  private volatile FakeGrounder.Before before = (caption, context) -> {};
  private volatile GroundingAdvice advice = GroundingAdvice.USUAL;
  private volatile @Nullable String fuserNote;
  private Workbench workbench;
  private Stage stage;
  private Hand hand;

  /** Opens a window on a dataset and waits until its first row has come. */
  TestWindow(Path temp, Path dataset) {
    FxThread.start();
    workspace = Workspace.open(temp.resolve("w.capbench"));
    BrowseViewModel browse =
        new BrowseViewModel(
            new CaptionMarks(new ProvenanceAnalyzer()), readers, Platform::runLater);
    ReviewViewModel review = new ReviewViewModel(browse, writer, Platform::runLater);
    opener = new DatasetOpener(temp.resolve("cache"), true, new CaptionMeasure());
    WorkbenchViewModel workbenchModel =
        new WorkbenchViewModel(opener, jobs, workspace, browse, review, writer, Platform::runLater);
    ModelsViewModel loaded = new ModelsViewModel(this::load, jobs, Platform::runLater);
    FuserViewModel fuser = new FuserViewModel(new FuserOfTheTest(), jobs, Platform::runLater);
    models =
        FxThread.call(
            () ->
                new Workbench.Models(
                    workbenchModel,
                    browse,
                    review,
                    new FacetsViewModel(workbenchModel, jobs, Platform::runLater),
                    new ExportViewModel(
                        jobs, workspace, workbenchModel.filter(), Platform::runLater),
                    new ImagesViewModel(
                        opener.web(),
                        true,
                        workbenchModel,
                        workspace,
                        new ImagesViewModel.Runners(jobs, readers, Platform::runLater)),
                    new JobsViewModel(jobs, Platform::runLater),
                    new ChangeViewModel(
                        new ChangeViewModel.Models(workbenchModel, browse, review),
                        workspace,
                        jobs,
                        watcher,
                        Platform::runLater),
                    new GroundViewModel(
                        new GroundViewModel.Parts(workbenchModel, browse, loaded),
                        new KeptGroundings(workspace),
                        jobs,
                        Platform::runLater),
                    new ScoreViewModel(workbenchModel, loaded, workspace, jobs, Platform::runLater),
                    new FuseViewModel(
                        new FuseViewModel.Parts(workbenchModel, browse, fuser),
                        new CaptionMarks(new ProvenanceAnalyzer()),
                        workspace,
                        jobs,
                        Platform::runLater),
                    new FuseRowsViewModel(
                        workbenchModel, fuser, workspace, jobs, Platform::runLater)));
    FxThread.run(
        () -> {
          Theme.loadFonts();
          review.annotatorProperty().set("ann");
          workbench =
              new Workbench(
                  models, workspace.file(), dataset, Look.DEFAULT, readers, Platform::runLater);
          stage = new Stage();
          stage.setScene(new Scene(workbench, 1400, 900));
          workbench.listenToKeys();
          stage.show();
        });
    hand = new Hand(stage);
    open(dataset);
    until(() -> browse.currentProperty().get() != null);
    hand.untilFocused();
  }

  private OpenModel load(Path folder, JobContext context) {
    grounder = new FakeGrounder(folder).before((caption, job) -> before.answering(caption, job));
    return new OpenModel(grounder, new FakeSpace(grounder.model()), advice);
  }

  private final class FuserOfTheTest implements FuserOpener {
    @Override
    public Fuser open(FuserChoice choice, JobContext context) {
      return fusing;
    }

    @Override
    public @Nullable String note(FuserChoice choice) {
      return fuserNote;
    }
  }

  /** Has models that are loaded from now on say how they are best looked with. */
  void advise(GroundingAdvice next) {
    advice = next;
  }

  /** Has models that merge captions and are loaded from now on say that of themselves. */
  void tellOfFusers(String note) {
    fuserNote = note;
  }

  /** Has the model do something before it answers. */
  void beforeLooking(FakeGrounder.Before next) {
    before = next;
  }

  /** The model that merges captions. */
  FakeFuser fusing() {
    return fusing;
  }

  /** The model that was loaded last. */
  FakeGrounder grounder() {
    return grounder;
  }

  /** Opens another dataset and waits for it. */
  void open(Path dataset) {
    FxThread.run(() -> models.workbench().open(List.of(dataset)));
    until(() -> !models.workbench().openingProperty().get());
  }

  Workbench.Models models() {
    return models;
  }

  Workbench workbench() {
    return workbench;
  }

  Stage stage() {
    return stage;
  }

  Hand hand() {
    return hand;
  }

  /** For what only a mouse that is moved slowly can do. */
  FxRobot robot() {
    return robot;
  }

  Workspace workspace() {
    return workspace;
  }

  /** Presses keys together and lets them go. */
  void push(KeyCode... keys) {
    hand.push(keys);
  }

  /** Presses keys one after another. */
  void type(KeyCode... keys) {
    for (KeyCode key : keys) {
      push(key);
    }
  }

  /** Presses the key that writes a character; without a display the robot knows letters only. */
  void pressCharacter(String character) {
    FxThread.run(
        () ->
            Event.fireEvent(
                stage.getScene().getFocusOwner(),
                new KeyEvent(
                    KeyEvent.KEY_PRESSED,
                    "",
                    character,
                    KeyCode.UNDEFINED,
                    false,
                    false,
                    false,
                    false)));
  }

  /** Looks for changed files, and returns when the window knows. */
  void lookForChanges() throws Exception {
    FxThread.run(() -> models.change().look());
    watcher.submit(() -> {}).get();
    WaitForAsyncUtils.waitForFxEvents();
  }

  void click(String query) {
    hand.click(() -> workbench.lookup(query));
  }

  void write(String text) {
    robot.write(text);
    WaitForAsyncUtils.waitForFxEvents();
  }

  /**
   * Puts text into the field that has the keyboard at once, as from the clipboard: while letters
   * are written suggestions come and go, as late as the machine likes, and take the next key.
   */
  void paste(String text) {
    FxThread.run(
        () -> ((TextInputControl) stage.getScene().getFocusOwner()).replaceSelection(text));
  }

  /** Waits until something holds that is asked on the FX thread. */
  void until(Callable<Boolean> holds) {
    FxThread.until("what the test asks for", holds);
  }

  void untilText(String query, String text) {
    Patience.until(
        () -> query + " should say " + text + " but says " + text(query),
        () -> text.equals(text(query)));
  }

  void untilSelected(long position) {
    Patience.until(
        () -> "row " + position + " should be selected, not " + selected(),
        () -> selected() == position);
  }

  long selected() {
    return FxThread.call(() -> models.browse().selectedProperty().get());
  }

  String text(String query) {
    return FxThread.call(() -> ((Labeled) workbench.lookup(query)).getText());
  }

  boolean showing(String query) {
    return FxThread.call(() -> Hand.seen(workbench.lookup(query)));
  }

  /** Waits until something is to be seen, or is no longer. */
  void untilShowing(String query, boolean shown) {
    Patience.until(
        () -> query + (shown ? " did not appear" : " did not go away"),
        () -> showing(query) == shown);
  }

  void untilFocused(String query) {
    until(() -> stage.getScene().getFocusOwner() == workbench.lookup(query));
  }

  /** What the workspace file holds for the row at that position of the file. */
  Optional<Decision> decision(long row) {
    assertThat(models.workbench().openProperty().get()).isNotNull();
    String shard = models.workbench().openProperty().get().fingerprints().iterator().next();
    return workspace.decisions().current(new RowKey(shard, row));
  }

  /** Closes it and everything behind it. */
  void close() {
    FxThread.run(
        () -> {
          stage.close();
          models.change().close();
          models.fuse().close();
          models.workbench().close();
          workbench.close();
        });
    jobs.close();
    FxThread.run(() -> models.ground().close());
    FxThread.run(() -> models.fuse().fuser().close());
    for (ExecutorService threads : List.of(writer, watcher, readers)) {
      threads.shutdown();
      Patience.until("the threads of the window end", threads::isTerminated);
    }
    workspace.close();
  }
}
