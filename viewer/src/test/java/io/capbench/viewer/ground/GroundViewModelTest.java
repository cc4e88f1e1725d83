package io.capbench.viewer.ground;

import static org.assertj.core.api.Assertions.assertThat;

import io.capbench.engine.explain.GroundingAdvice;
import io.capbench.engine.explain.GroundingMethod;
import io.capbench.engine.explain.Sigma;
import io.capbench.engine.text.SubCaption;
import io.capbench.engine.text.SubCaptionRule;
import io.capbench.storage.job.Job;
import io.capbench.storage.job.JobContext;
import io.capbench.storage.job.Lane;
import io.capbench.storage.model.CapbenchException;
import io.capbench.viewer.browse.BrowseViewModel;
import io.capbench.viewer.dataset.WorkbenchViewModel;
import io.capbench.viewer.fixture.FakeGrounder;
import io.capbench.viewer.fixture.FakeSpace;
import io.capbench.viewer.fixture.SampleShards;
import io.capbench.viewer.fixture.WindowlessWorkbench;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GroundViewModelTest {
  private static final Path MODEL = Path.of("/models/one");
  private static final String FUSED_0 = "The red car number 0 on a street, for sale.";

  @TempDir Path temp;
  private WindowlessWorkbench window;
  private BrowseViewModel browse;
  private WorkbenchViewModel workbench;
  private ModelsViewModel models;
  private GroundViewModel ground;
  private volatile FakeGrounder grounder;
  private volatile FakeGrounder.Before before = (caption, context) -> {};
  private volatile String trouble = "";
  private volatile GroundingAdvice advice = GroundingAdvice.USUAL;

  @BeforeEach
  void start() {
    window = new WindowlessWorkbench(temp);
    browse = window.browse();
    workbench = window.workbench();
    makeGround();
    window.open(SampleShards.parquet(temp.resolve("cars.parquet"), 30));
  }

  private void makeGround() {
    models = new ModelsViewModel(this::load, window.jobs(), window.fx());
    ground =
        new GroundViewModel(
            new GroundViewModel.Parts(workbench, browse, models),
            new KeptGroundings(window.workspace()),
            window.jobs(),
            window.fx());
  }

  private OpenModel load(Path folder, JobContext context) {
    if (!trouble.isEmpty()) {
      throw new CapbenchException(trouble);
    }
    grounder = new FakeGrounder(folder).before((caption, job) -> before.answering(caption, job));
    return new OpenModel(grounder, new FakeSpace(grounder.model()), advice);
  }

  @AfterEach
  void stop() {
    window.stop();
    ground.close();
    window.workspace().close();
  }

  private GroundState state() {
    return ground.stateProperty().get();
  }

  private void untilFound() {
    window.until(() -> state() instanceof GroundState.Found);
  }

  private void lookWithAModel() {
    models.choose(MODEL);
    ground.look("");
    untilFound();
  }

  @Test
  void whoLooksWithoutAModelIsToldSoAndSeesTheParts() {
    ground.look("");

    assertThat(state()).isEqualTo(new GroundState.NoModel());
    assertThat(ground.lookedProperty().get().caption()).isEqualTo(FUSED_0);
    assertThat(ground.lookedProperty().get().subCaptions())
        .extracting(SubCaption::text)
        .containsExactly(FUSED_0);
    assertThat(ground.chosenProperty().get()).isZero();
  }

  @Test
  void theModelThatIsChosenThenLooksAtOnce() {
    ground.look("");
    models.choose(MODEL);
    assertThat(state()).isInstanceOf(GroundState.LoadingModel.class);
    untilFound();
    assertThat(grounder.asked()).containsExactly(FUSED_0);
    assertThat(ground.found().subCaptions()).hasSize(1);
  }

  @Test
  void aModelOfEarlierIsLoadedByLooking() {
    models.remember(MODEL, List.of());
    ground.look("");
    assertThat(state()).isInstanceOf(GroundState.LoadingModel.class);
    untilFound();
  }

  @Test
  void everyRowThatIsSelectedIsLookedAtAndGoingBackCostsNothing() {
    lookWithAModel();
    browse.select(1);
    window.until(() -> state() instanceof GroundState.Found && grounder.asked().size() == 2);
    browse.select(0);
    window.until(() -> state() instanceof GroundState.Found);

    assertThat(grounder.asked()).hasSize(2);
    assertThat(ground.lookedProperty().get().caption()).isEqualTo(FUSED_0);
  }

  @Test
  void whatComesForARowThatWasLeftIsNotShownButKept() {
    models.choose(MODEL);
    window.until(() -> models.loaded() != null);
    CountDownLatch answer = new CountDownLatch(1);
    CountDownLatch asked = new CountDownLatch(1);
    before =
        (caption, context) -> {
          if (caption.equals(FUSED_0)) {
            asked.countDown();
            window.fx().execute(() -> {});
            await(answer);
          }
        };
    ground.look("");
    window.until(() -> asked.getCount() == 0);
    browse.select(1);
    answer.countDown();
    window.until(() -> state() instanceof GroundState.Found);
    assertThat(ground.lookedProperty().get().row().key().row()).isEqualTo(1);
    assertThat(ground.found().subCaptions().get(0).subCaption().text()).contains("blue bus");
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void aCancelledLookSaysSoAndCanBeTakenUpAgain() {
    models.choose(MODEL);
    window.until(() -> models.loaded() != null);
    CountDownLatch asked = new CountDownLatch(1);
    before =
        (caption, context) -> {
          asked.countDown();
          window.fx().execute(() -> {});
          CountDownLatch stopped = new CountDownLatch(1);
          context.onCancel(stopped::countDown);
          await(stopped);
          context.checkCancelled();
        };
    ground.look("");
    window.until(() -> asked.getCount() == 0);
    assertThat(state()).isInstanceOf(GroundState.Looking.class);

    assertThat(ground.stepBack()).isTrue();
    window.until(() -> state() instanceof GroundState.Cancelled);

    before = (caption, context) -> {};
    ground.again();
    untilFound();
  }

  @Test
  void cancellingTheLoadingStopsAndDoesNotLoadAgainByItself() {
    before = (caption, context) -> {};
    CountDownLatch loading = new CountDownLatch(1);
    models =
        new ModelsViewModel(
            (folder, context) -> {
              CountDownLatch stopped = new CountDownLatch(1);
              context.onCancel(stopped::countDown);
              loading.countDown();
              window.fx().execute(() -> {});
              await(stopped);
              context.checkCancelled();
              throw new AssertionError("It was cancelled");
            },
            window.jobs(),
            window.fx());
    ground =
        new GroundViewModel(
            new GroundViewModel.Parts(workbench, browse, models),
            new KeptGroundings(window.workspace()),
            window.jobs(),
            window.fx());
    models.choose(MODEL);
    ground.look("");
    window.until(() -> loading.getCount() == 0);
    ground.cancel();
    window.until(() -> state() instanceof GroundState.Cancelled);
    assertThat(models.stateProperty().get()).isEqualTo(new ModelState.Chosen(MODEL));
  }

  @Test
  void aModelThatFailsIsSaidAndTriedAgain() {
    trouble = "No tokenizer in /models/one";
    models.choose(MODEL);
    ground.look("");
    window.until(() -> state() instanceof GroundState.Failed);
    assertThat(state()).isEqualTo(new GroundState.Failed(trouble));

    trouble = "";
    ground.again();
    untilFound();
  }

  @Test
  void tooLittleMemoryIsAnErrorAndTheNextRowIsLookedAtAllTheSame() {
    models.choose(MODEL);
    window.until(() -> models.loaded() != null);
    before =
        (caption, context) -> {
          if (caption.equals(FUSED_0)) {
            throw new CapbenchException("There is not enough memory on gpu0");
          }
        };
    ground.look("");
    window.until(() -> state() instanceof GroundState.Failed);
    assertThat(((GroundState.Failed) state()).sentence()).contains("not enough memory");
    browse.select(1);
    untilFound();
  }

  @Test
  void whatWasFoundIsInTheWorkspaceForTheNextWindow() {
    lookWithAModel();
    var found = ground.found();
    window.jobs().submit(new Nothing()).future().join();
    ground.close();
    makeGround();
    models.choose(MODEL);
    ground.look("");
    untilFound();

    assertThat(grounder.asked()).isEmpty();
    assertThat(ground.found()).isEqualTo(found);
  }

  private static final class Nothing implements Job<Boolean> {
    @Override
    public String title() {
      return "Nothing";
    }

    @Override
    public Lane lane() {
      return Lane.DEVICE;
    }

    @Override
    public Boolean run(JobContext context) {
      return true;
    }
  }

  @Test
  void anotherRuleCutsAndLooksAnew() throws Exception {
    window.open(
        Files.writeString(
            temp.resolve("long.jsonl"), "{\"text\": \"It costs 3.5 dollars. A dog.\"}\n"));
    ground.look("");
    assertThat(ground.lookedProperty().get().subCaptions()).hasSize(2);
    ground.ruleProperty().set(SubCaptionRule.DREAMLIP);
    assertThat(ground.lookedProperty().get().subCaptions()).hasSize(3);
  }

  @Test
  void aRowWithoutAnImageSaysWhy() throws Exception {
    window.open(SampleShards.jsonLines(temp.resolve("plain.jsonl"), 3));
    models.choose(MODEL);
    ground.look("");
    window.until(() -> state() instanceof GroundState.Nothing);
    assertThat(((GroundState.Nothing) state()).sentence()).isNotBlank();
    assertThat(grounder.asked()).isEmpty();
  }

  @Test
  void theNextCaptionIsLookedAtAndStaysSoOnOtherRows() {
    lookWithAModel();
    ground.nextCaption();
    assertThat(ground.lookedProperty().get().track()).isEqualTo("laion_2b");
    browse.select(1);
    window.until(() -> state() instanceof GroundState.Found);
    assertThat(ground.lookedProperty().get().track()).isEqualTo("laion_2b");
    ground.nextCaption();
    assertThat(ground.lookedProperty().get().track()).isEqualTo("laion_coco");
  }

  @Test
  void whoLooksBeforeRowsComeSeesTheirCaptions() {
    browse.close();
    assertThat(browse.currentProperty().get()).isNull();
    ground.look("");
    window.open(SampleShards.parquet(temp.resolve("late.parquet"), 3));
    assertThat(ground.lookedProperty().get().track()).isEqualTo("capsfusion");
  }

  @Test
  void aDatasetWithoutThatTrackIsLookedAtInItsOwnWay() throws IOException {
    lookWithAModel();
    Path other = temp.resolve("other.jsonl");
    Files.writeString(other, "{\"text\": \"A red car on a road.\"}\n");
    window.open(other);
    window.until(() -> ground.lookedProperty().get() != null);
    assertThat(ground.lookedProperty().get().caption()).isEqualTo("A red car on a road.");
  }

  @Test
  void aRowWithoutThatCaptionSaysSo() {
    ground.look("nothing_of_the_kind");
    assertThat(((GroundState.Nothing) state()).sentence()).contains("nothing_of_the_kind");
    assertThat(ground.lookedProperty().get()).isNull();
  }

  @Test
  void subCaptionsAreChosenOneAfterTheOther() throws Exception {
    window.open(
        Files.writeString(temp.resolve("long.jsonl"), "{\"text\": \"A dog. A cat. A cow.\"}\n"));
    ground.move(1);
    assertThat(ground.lookingProperty().get()).as("it begins to look").isTrue();
    ground.move(1);
    assertThat(ground.chosenProperty().get()).isEqualTo(1);
    ground.move(-2);
    assertThat(ground.chosenProperty().get()).isEqualTo(2);
    ground.choose(17);
    assertThat(ground.chosenProperty().get()).isEqualTo(2);
  }

  @Test
  void manySubCaptionsAreCutOff() throws Exception {
    window.open(
        Files.writeString(
            temp.resolve("long.jsonl"), "{\"text\": \"" + "A dog. ".repeat(100) + "\"}\n"));
    ground.look("");
    assertThat(ground.lookedProperty().get().subCaptions()).hasSize(LookedAt.MOST);
    assertThat(ground.lookedProperty().get().cut()).isTrue();
  }

  @Test
  void backStepsOutOfTheGridAndThenOutOfLooking() {
    assertThat(ground.stepBack()).isFalse();
    lookWithAModel();
    ground.toggleGrid();
    assertThat(ground.overlay().gridProperty().get()).isTrue();
    assertThat(ground.stepBack()).isTrue();
    assertThat(ground.overlay().gridProperty().get()).isFalse();
    assertThat(ground.lookingProperty().get()).isTrue();
    assertThat(ground.stepBack()).isTrue();
    assertThat(ground.lookingProperty().get()).isFalse();
    assertThat(state()).isEqualTo(new GroundState.Off());
    assertThat(ground.stepBack()).isFalse();
  }

  @Test
  void whatThePersonLikesIsKept() {
    lookWithAModel();
    ground.overlay().methodProperty().set(GroundingMethod.GROUPING);
    ground.overlay().sigmaProperty().set(new Sigma(0.4f));
    ground.overlay().opacityProperty().set(0.25);
    ground.ruleProperty().set(SubCaptionRule.DREAMLIP);
    GroundPreferences kept = ground.preferences();

    makeGround();
    ground.take(kept);

    assertThat(ground.preferences()).isEqualTo(kept);
    assertThat(kept.model()).isEqualTo(MODEL.toString());
    assertThat(kept.recentModels()).containsExactly(MODEL.toString());
    assertThat(kept.method()).isEqualTo("grouping");
    assertThat(kept.sigma()).isEqualTo("0.4");
  }

  @Test
  void aModelIsLookedWithAsItsMakerSays() {
    advice = new GroundingAdvice(GroundingMethod.PATCH_SIMILARITY, 10, "Only knows cars.");
    assertThat(ground.advice()).isEqualTo(GroundingAdvice.USUAL);
    lookWithAModel();

    assertThat(ground.advice()).isEqualTo(advice);
    assertThat(ground.overlay().methodProperty().get()).isEqualTo(GroundingMethod.PATCH_SIMILARITY);
    assertThat(ground.preferences().method()).as("nobody chose it").isNull();
  }

  @Test
  void theMethodThatAPersonChoseIsNotChangedByAModelAndKept() {
    advice = new GroundingAdvice(GroundingMethod.PATCH_SIMILARITY, 10, null);
    lookWithAModel();
    ground.overlay().methodProperty().set(GroundingMethod.RELEVANCE_LAST);
    GroundPreferences kept = ground.preferences();
    assertThat(kept.method()).isEqualTo("relevance-last");
    ground.close();

    makeGround();
    ground.take(kept);
    assertThat(ground.preferences().method()).as("before it looks").isEqualTo("relevance-last");
    lookWithAModel();

    assertThat(ground.overlay().methodProperty().get()).isEqualTo(GroundingMethod.RELEVANCE_LAST);
  }

  @Test
  void aModelThatIsOnlyOfferedLooksButIsNotKept() {
    models.offer(MODEL);
    ground.look("");
    untilFound();

    assertThat(ground.preferences().model()).isNull();
    assertThat(ground.preferences().recentModels()).isEmpty();
  }

  @Test
  void theShownHeatFollowsMethodSubCaptionAndWord() {
    HeatViewModel heat = new HeatViewModel(ground);
    assertThat(heat.heatProperty().get()).isNull();
    lookWithAModel();
    HeatViewModel.Heat last = heat.heatProperty().get();
    assertThat(last.meaning()).isEqualTo("relevance");

    ground.overlay().methodProperty().set(GroundingMethod.RELEVANCE_ALL);
    assertThat(heat.heatProperty().get().field().least())
        .as("another block")
        .isNotEqualTo(last.field().least());
    ground.overlay().fromBlockProperty().set(99);
    assertThat(heat.heatProperty().get().field().least())
        .as("beyond the last block is the last")
        .isEqualTo(last.field().least());

    ground.words().point(new WordRange(4, 7));
    assertThat(heat.heatProperty().get().meaning()).isEqualTo("cosine");
    ground.words().point(null);
    assertThat(heat.heatProperty().get().meaning()).isEqualTo("relevance");
    ground.overlay().nextMethod();
    assertThat(heat.heatProperty().get().meaning()).isEqualTo("weight");
    ground.stop();
    assertThat(heat.heatProperty().get()).isNull();
  }

  @Test
  void wordsThatArePointedAtGoBeforeSelectedOnes() {
    WordFocus words = ground.words();
    words.select(new WordRange(0, 3));
    words.point(new WordRange(4, 7));
    assertThat(words.wordsProperty().get()).isEqualTo(new WordRange(4, 7));
    words.point(null);
    assertThat(words.wordsProperty().get()).isEqualTo(new WordRange(0, 3));
    words.select(null);
    assertThat(words.wordsProperty().get()).isNull();
  }
}
