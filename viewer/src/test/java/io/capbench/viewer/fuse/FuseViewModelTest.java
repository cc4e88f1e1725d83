package io.capbench.viewer.fuse;

import static org.assertj.core.api.Assertions.assertThat;

import io.capbench.engine.fusion.Fuser;
import io.capbench.engine.text.ProvenanceAnalyzer;
import io.capbench.storage.dataset.DatasetOpener;
import io.capbench.storage.fixture.Patience;
import io.capbench.storage.job.JobContext;
import io.capbench.storage.job.JobHandle;
import io.capbench.storage.job.JobRunner;
import io.capbench.storage.job.JobState;
import io.capbench.storage.model.CapbenchException;
import io.capbench.storage.model.CaptionTrack;
import io.capbench.storage.model.ColumnInfo;
import io.capbench.storage.model.RowKey;
import io.capbench.storage.query.RowFilter;
import io.capbench.storage.workspace.Fusion;
import io.capbench.storage.workspace.FusionColumns;
import io.capbench.storage.workspace.Workspace;
import io.capbench.viewer.browse.BrowseViewModel;
import io.capbench.viewer.browse.RowItem;
import io.capbench.viewer.caption.CaptionMarks;
import io.capbench.viewer.caption.MarkKind;
import io.capbench.viewer.dataset.OpenDataset;
import io.capbench.viewer.dataset.WorkbenchViewModel;
import io.capbench.viewer.fixture.FakeFuser;
import io.capbench.viewer.fixture.SampleShards;
import io.capbench.viewer.fixture.Turns;
import io.capbench.viewer.fuse.FuseRowsViewModel.Stage;
import io.capbench.viewer.jobs.SharedModel;
import io.capbench.viewer.review.ReviewViewModel;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FuseViewModelTest {
  private static final String TRACK = "fused (tiny, f32)";
  private static final FuserChoice CHOICE = FuserChoice.local("/models/tiny", false);

  @TempDir Path temp;
  private final Turns fx = new Turns();
  private final Turns io = new Turns();
  private final Turns writer = new Turns();
  private final JobRunner jobs = new JobRunner();
  private final FakeFuser fake = new FakeFuser();
  private Workspace workspace;
  private BrowseViewModel browse;
  private ReviewViewModel review;
  private WorkbenchViewModel workbench;
  private FuserViewModel fuser;
  private FuseViewModel fuse;
  private FuseRowsViewModel rows;
  private volatile String trouble = "";

  @BeforeEach
  void start() {
    workspace = Workspace.open(temp.resolve("w.capbench"));
    CaptionMarks marks = new CaptionMarks(new ProvenanceAnalyzer());
    browse = new BrowseViewModel(marks, io, fx);
    review = new ReviewViewModel(browse, writer, fx);
    workbench =
        new WorkbenchViewModel(
            new DatasetOpener(temp.resolve("cache")), jobs, workspace, browse, review, writer, fx);
    fuser = new FuserViewModel(this::load, jobs, fx);
    fuse =
        new FuseViewModel(
            new FuseViewModel.Parts(workbench, browse, fuser), marks, workspace, jobs, fx);
    rows = new FuseRowsViewModel(workbench, fuser, workspace, jobs, fx);
    workbench.open(List.of(SampleShards.parquet(temp.resolve("cars.parquet"), 100)));
    until(() -> !workbench.openingProperty().get() && browse.currentProperty().get() != null);
  }

  private FakeFuser load(FuserChoice choice, JobContext context) {
    if (!trouble.isEmpty()) {
      throw new CapbenchException(trouble);
    }
    return fake;
  }

  @AfterEach
  void stop() {
    fuse.close();
    workbench.close();
    Turns.runAll(io, writer, fx);
    jobs.close();
    fuser.close();
    workspace.close();
  }

  private void until(BooleanSupplier holds) {
    fx.runUntil(
        () -> {
          Turns.runAll(io, writer, fx);
          return holds.getAsBoolean();
        });
  }

  /** Waits for something that no event tells of. */
  private void spinUntil(BooleanSupplier holds) {
    Patience.until(
        "what no event tells of",
        () -> {
          Turns.runAll(io, writer, fx);
          return holds.getAsBoolean();
        });
  }

  private String caption() {
    RowItem item = browse.currentProperty().get();
    return item == null ? "" : String.valueOf(item.row().caption(TRACK));
  }

  private void untilRowsDone() {
    until(() -> rows.stageProperty().get() == Stage.IDLE);
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void withoutAFuserAPersonHasToChoose() {
    assertThat(fuse.fuse()).isFalse();
    assertThat(fuse.stateProperty().get()).isEqualTo(new FuseState.Idle());
    rows.start();
    assertThat(rows.summaryProperty().get()).contains("choose one");
  }

  @Test
  void theCaptionOfARowBecomesATrackAndTheSelectionStays() {
    browse.select(70);
    until(() -> browse.currentProperty().get() != null);
    fuser.remember(CHOICE);
    assertThat(fuse.fuse()).isTrue();
    until(() -> caption().startsWith("Buy"));
    assertThat(browse.selectedProperty().get()).isEqualTo(70);
    RowItem item = Objects.requireNonNull(browse.currentProperty().get());
    assertThat(item.row().key().row()).isEqualTo(70);
    assertThat(item.captions().get(TRACK).marks())
        .extracting(mark -> mark.kind())
        .contains(MarkKind.RAW, MarkKind.SYNTHETIC);
    assertThat(Objects.requireNonNull(workbench.openProperty().get()).mapping().tracks())
        .extracting(CaptionTrack::name)
        .containsExactly("laion_2b", "laion_coco", "capsfusion", TRACK);
    assertThat(fuse.stateProperty().get())
        .isInstanceOfSatisfying(
            FuseState.Fused.class,
            fused -> assertThat(fused.text()).isEqualTo(item.captions().get(TRACK)));
    assertThat(fuse.cancel()).isFalse();
  }

  @Test
  void theTextIsShownWhileItGrowsAndDroppedWhenItIsStopped() {
    CountDownLatch shown = new CountDownLatch(1);
    fake.afterFirstWords(
        (pair, context) -> {
          await(shown);
          context.checkCancelled();
        });
    fuser.choose(CHOICE);
    fuse.fuse();
    until(() -> fuse.stateProperty().get() instanceof FuseState.Fusing);
    FuseState.Fusing growing = (FuseState.Fusing) fuse.stateProperty().get();
    assertThat(growing.text().text()).startsWith("Buy").doesNotContain(" with ");
    assertThat(growing.title()).isEqualTo("fusing (tiny, f32)");
    assertThat(fuse.cancel()).isTrue();
    shown.countDown();
    jobs.close();
    Turns.runAll(io, writer, fx);
    assertThat(fuse.stateProperty().get()).isEqualTo(new FuseState.Idle());
    assertThat(fake.merged).isEmpty();
    assertThat(fuse.cancel()).isFalse();
  }

  @Test
  void aModelThatCannotBeLoadedSaysSoBesideTheRow() {
    trouble = "There is no config.json in /models/tiny";
    fuser.remember(CHOICE);
    fuse.fuse();
    until(() -> fuse.stateProperty().get() instanceof FuseState.Failed);
    assertThat(((FuseState.Failed) fuse.stateProperty().get()).sentence()).isEqualTo(trouble);
    rows.start();
    assertThat(rows.summaryProperty().get()).isEqualTo(trouble);
  }

  @Test
  void whatAPersonWroteStays() {
    review.edit();
    review.saveEdit("written by hand");
    Turns.runAll(io, writer, fx);
    RowKey key = Objects.requireNonNull(browse.currentProperty().get()).row().key();
    fuser.choose(CHOICE);
    fuse.fuse();
    until(() -> caption().startsWith("Buy"));
    assertThat(workspace.decisions().current(key))
        .hasValueSatisfying(now -> assertThat(now.editedText()).isEqualTo("written by hand"));
    RowItem item = Objects.requireNonNull(browse.currentProperty().get());
    assertThat(Objects.requireNonNull(browse.written(item)).text()).isEqualTo("written by hand");
  }

  @Test
  void rowsThatTheFilterShowsAreMergedAndNoneTwice() {
    fake.before(
        (pair, context) -> {
          if (pair.raw().contains("no. 4 ")) {
            throw new CapbenchException("The prompt's own words");
          }
        });
    workbench
        .filter()
        .add(new RowFilter.Sql("laion_2b ILIKE '%no. 4%' OR laion_2b ILIKE '%no. 5 %'"));
    workbench.query().apply();
    until(() -> browse.rowCountProperty().get() == 12);
    fuser.choose(CHOICE);
    rows.start();
    untilRowsDone();
    assertThat(rows.summaryProperty().get())
        .isEqualTo(
            "12 rows: 11 captions merged, 1 could not be merged. They are a track: filter, compare"
                + " and export it.");
    assertThat(fake.merged).hasSize(11);
    fake.before((pair, context) -> {});
    rows.start();
    untilRowsDone();
    assertThat(rows.summaryProperty().get()).contains("1 captions merged, 11 were before");
    assertThat(fake.merged).hasSize(12);
    workbench.filter().clear();
    workbench.filter().add(new RowFilter.Contains(TRACK, " with "));
    workbench.query().apply();
    until(() -> browse.rowCountProperty().get() == 12);
  }

  @Test
  void whatWasMergedBeforeAPauseIsKeptAndTheRestFollows() {
    CountDownLatch reached = new CountDownLatch(1);
    CountDownLatch go = new CountDownLatch(1);
    fake.before(
        (pair, context) -> {
          if (fake.merged.size() == 40) {
            reached.countDown();
            await(go);
            context.checkCancelled();
          }
        });
    fuser.choose(CHOICE);
    rows.start();
    spinUntil(() -> reached.getCount() == 0);
    rows.pause();
    go.countDown();
    until(() -> rows.stageProperty().get() == Stage.PAUSED);
    assertThat(fake.merged).hasSize(40);
    rows.resume();
    untilRowsDone();
    assertThat(fake.merged).hasSize(100).doesNotHaveDuplicates();
    assertThat(rows.summaryProperty().get()).contains("60 captions merged, 40 were before");
  }

  @Test
  void aSingleRowGetsItsTurnWhileManyAreMerged() {
    CountDownLatch reached = new CountDownLatch(1);
    CountDownLatch go = new CountDownLatch(1);
    fake.before(
        (pair, context) -> {
          if (fake.merged.size() == 10) {
            reached.countDown();
            await(go);
          }
        });
    browse.select(90);
    until(() -> browse.currentProperty().get() != null);
    fuser.choose(CHOICE);
    rows.start();
    spinUntil(() -> reached.getCount() == 0);
    SharedModel<Fuser> loaded = ((FuserState.Ready) fuser.stateProperty().get()).fuser();
    fuse.fuse();
    spinUntil(loaded::wanted);
    go.countDown();
    untilRowsDone();
    assertThat(fake.merged).hasSizeBetween(100, 101);
    assertThat(fake.merged.get(11).raw()).contains("no. 90 ");
    until(() -> caption().startsWith("Buy"));
    assertThat(browse.selectedProperty().get()).isEqualTo(90);
  }

  @Test
  void detectorsAndReasonsStandBesideTheRows() {
    fuser.choose(CHOICE);
    rows.start();
    untilRowsDone();
    RowKey key = Objects.requireNonNull(browse.currentProperty().get()).row().key();
    Fusion kept =
        workspace
            .fusions()
            .of(
                workspace.fusions().fusers().get(0),
                new FusionColumns("laion_2b", "laion_coco"),
                List.of(key))
            .get(key);
    assertThat(kept.flags()).contains("concatenation");
    assertThat(kept.finish()).isEqualTo("eos");
    assertThat(kept.score()).isEqualTo(-0.5);
  }

  @Test
  void aNewTrackDoesNotFindTheRowsAgain() {
    workbench.filter().add(new RowFilter.Sql("laion_2b ILIKE '%no. 4%'"));
    workbench.query().apply();
    until(() -> browse.rowCountProperty().get() == 11);
    browse.select(3);
    until(() -> browse.currentProperty().get() != null);
    List<String> titles = new CopyOnWriteArrayList<>();
    jobs.addListener(handle -> titles.add(handle.title()));
    fuser.choose(CHOICE);
    fuse.fuse();
    until(() -> caption().startsWith("Buy"));
    assertThat(titles).containsExactly("Loading /models/tiny", "Fusing row 42");
    assertThat(browse.selectedProperty().get()).isEqualTo(3);
    assertThat(browse.rowCountProperty().get()).isEqualTo(11);
  }

  @Test
  void whatAPersonHasBegunGoesOnWhenATrackComes() {
    fuser.choose(CHOICE);
    until(() -> fuser.stateProperty().get() instanceof FuserState.Ready);
    review.edit();
    fuse.fuse();
    fx.runUntil(() -> fuse.stateProperty().get() instanceof FuseState.Fused);
    RowKey key = Objects.requireNonNull(browse.currentProperty().get()).row().key();
    List<CaptionTrack> known =
        Objects.requireNonNull(workbench.openProperty().get()).mapping().tracks();
    review.prefer(known.get(0));
    review.prefer(known.get(2)); // waits behind the first
    until(() -> caption().startsWith("Buy"));
    assertThat(review.draftProperty().get()).isNotNull();
    assertThat(workspace.decisions().current(key))
        .hasValueSatisfying(now -> assertThat(now.preferredTrack()).isEqualTo("capsfusion"));
  }

  @Test
  void aTrackThatWasTakenOutStaysOutUntilItIsMadeAgain() {
    fuser.choose(CHOICE);
    fuse.fuse();
    until(() -> caption().startsWith("Buy"));
    OpenDataset open = Objects.requireNonNull(workbench.openProperty().get());
    assertThat(open.columns()).extracting(ColumnInfo::name).contains("laion_2b", TRACK);
    assertThat(open.reasons().get(TRACK)).contains("model");
    workbench.applyMapping(open.dataset().fused().takeFrom(open.mapping()));
    until(() -> !workbench.query().runningProperty().get());
    reopen();
    assertThat(tracks()).doesNotContain(TRACK);
    assertThat(Objects.requireNonNull(workbench.openProperty().get()).made())
        .containsExactly(TRACK);

    fuse.fuse();
    until(() -> caption().startsWith("Buy"));
    reopen();
    assertThat(tracks()).contains(TRACK);
  }

  private List<String> tracks() {
    return Objects.requireNonNull(workbench.openProperty().get()).mapping().tracks().stream()
        .map(CaptionTrack::name)
        .toList();
  }

  private void reopen() {
    OpenDataset before = workbench.openProperty().get();
    workbench.open(List.of(temp.resolve("cars.parquet")));
    until(
        () ->
            !workbench.openingProperty().get()
                && !OpenDataset.same(workbench.openProperty().get(), before)
                && browse.currentProperty().get() != null);
  }

  @Test
  void aDatasetThatIsBeingOpenedComesThoughTheOneBeforeGetsATrack() {
    CountDownLatch opening = new CountDownLatch(1);
    fake.before((pair, context) -> await(opening));
    fuser.choose(CHOICE);
    rows.start();
    until(() -> rows.stageProperty().get() == Stage.RUNNING);
    Path other = SampleShards.parquet(temp.resolve("others.parquet"), 7);
    workbench.open(List.of(other));
    opening.countDown();
    until(() -> !workbench.openingProperty().get() && browse.rowCountProperty().get() == 7);
    assertThat(rows.stageProperty().get()).isIn(Stage.IDLE, Stage.RUNNING);
    untilRowsDone();
    assertThat(tracks()).doesNotContain(TRACK);
  }

  @Test
  void whatWasMergedBeforeTheDatasetIsClosedIsKeptAndTheWorkEndsAsStopped() {
    CountDownLatch reached = new CountDownLatch(1);
    CountDownLatch go = new CountDownLatch(1);
    fake.before(
        (pair, context) -> {
          if (fake.merged.size() == 5) {
            reached.countDown();
            await(go);
          }
        });
    List<JobHandle<?>> handles = new CopyOnWriteArrayList<>();
    jobs.addListener(handles::add);
    fuser.choose(CHOICE);
    rows.start();
    spinUntil(() -> reached.getCount() == 0);
    workbench.close();
    go.countDown();
    untilRowsDone();
    assertThat(handles)
        .filteredOn(handle -> handle.title().startsWith("Fusing"))
        .extracting(handle -> handle.state())
        .containsExactly(JobState.CANCELLED);
    assertThat(workspace.fusions().fusers()).hasSize(1);
    assertThat(fake.merged).hasSize(5);
  }

  @Test
  void theFuserIsFreedWithTheWindowAndWhenAnotherIsChosen() {
    fuser.choose(CHOICE);
    until(() -> fuser.stateProperty().get() instanceof FuserState.Ready);
    assertThat(fake.closed()).isFalse();
    FuserChoice server = FuserChoice.server(" http://localhost:8000/v1 ", "", "KEY");
    assertThat(server.endpoint()).isEqualTo("http://localhost:8000/v1");
    assertThat(server.model()).isNull();
    fuser.choose(server);
    until(() -> fuser.stateProperty().get() instanceof FuserState.Ready);
    assertThat(fake.closed()).isTrue();
    assertThat(fuser.choice()).isEqualTo(server);
  }
}
