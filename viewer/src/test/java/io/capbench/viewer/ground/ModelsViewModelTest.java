package io.capbench.viewer.ground;

import static org.assertj.core.api.Assertions.assertThat;

import io.capbench.engine.explain.GroundingAdvice;
import io.capbench.storage.job.JobContext;
import io.capbench.storage.job.JobRunner;
import io.capbench.storage.job.Lane;
import io.capbench.storage.model.CapbenchException;
import io.capbench.viewer.fixture.FakeGrounder;
import io.capbench.viewer.fixture.FakeSpace;
import io.capbench.viewer.fixture.Turns;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ModelsViewModelTest {
  private static final Path ONE = Path.of("/models/one");
  private static final Path TWO = Path.of("/models/two");

  private final Turns fx = new Turns();
  private final JobRunner jobs = new JobRunner();
  private final List<FakeGrounder> opened = new CopyOnWriteArrayList<>();
  private final CountDownLatch never = new CountDownLatch(1);
  private final ModelsViewModel models = new ModelsViewModel(this::open, jobs, fx);
  private volatile String trouble = "";
  private volatile boolean endless;

  private OpenModel open(Path folder, JobContext context) {
    if (!trouble.isEmpty()) {
      throw new CapbenchException(trouble);
    }
    context.progress(1, 4, "tensors");
    if (endless) {
      context.onCancel(never::countDown);
      try {
        never.await();
      } catch (InterruptedException e) {
        throw new IllegalStateException(e);
      }
      context.checkCancelled();
    }
    FakeGrounder grounder = new FakeGrounder(folder);
    opened.add(grounder);
    return new OpenModel(grounder, new FakeSpace(grounder.model()), GroundingAdvice.USUAL);
  }

  @AfterEach
  void stop() {
    jobs.close();
    models.close();
  }

  private ModelState state() {
    return models.stateProperty().get();
  }

  private void load(Path folder) {
    models.choose(folder);
    fx.runUntil(() -> state() instanceof ModelState.Ready);
  }

  @Test
  void aChosenModelIsLoadedOnTheDeviceLaneAndDescribed() {
    List<Lane> lanes = new ArrayList<>();
    jobs.addListener(handle -> lanes.add(handle.lane()));
    assertThat(state()).isEqualTo(new ModelState.None());

    models.choose(ONE);
    assertThat(state()).isInstanceOf(ModelState.Loading.class);
    fx.runUntil(() -> state() instanceof ModelState.Ready);

    assertThat(models.loaded()).isNotNull();
    assertThat(models.loaded().aside().description().folder()).isEqualTo(ONE);
    assertThat(models.folder()).isEqualTo(ONE);
    assertThat(models.recent()).containsExactly(ONE);
    assertThat(lanes).containsExactly(Lane.DEVICE);
  }

  @Test
  void howFarLoadingIsIsTold() {
    List<ModelState> states = new ArrayList<>();
    models.stateProperty().addListener((o, was, now) -> states.add(now));
    load(ONE);
    assertThat(states)
        .anyMatch(
            state ->
                state instanceof ModelState.Loading loading
                    && loading.progress().done() == 1
                    && loading.progress().total() == 4);
  }

  @Test
  void whatWasChosenEarlierIsLoadedOnlyOnceItIsNeeded() {
    models.remember(ONE, List.of(ONE, TWO, ONE));
    assertThat(state()).isEqualTo(new ModelState.Chosen(ONE));
    assertThat(models.recent()).containsExactly(ONE, TWO);
    assertThat(opened).isEmpty();

    models.need();
    fx.runUntil(() -> state() instanceof ModelState.Ready);
    models.need();

    assertThat(opened).hasSize(1);
  }

  @Test
  void aModelThatCannotBeLoadedIsNamedWithTheReasonAndTriedAgain() {
    trouble = "No weights in /models/one; add model.safetensors";
    models.choose(ONE);
    fx.runUntil(() -> state() instanceof ModelState.Failed);
    assertThat(state()).isEqualTo(new ModelState.Failed(ONE, trouble));
    assertThat(models.recent()).isEmpty();
    models.need();
    assertThat(state()).as("only the person tries again").isInstanceOf(ModelState.Failed.class);

    trouble = "";
    models.again();
    fx.runUntil(() -> state() instanceof ModelState.Ready);
    assertThat(models.recent()).containsExactly(ONE);
  }

  @Test
  void aCancelledLoadLeavesTheModelChosen() {
    endless = true;
    models.choose(ONE);
    fx.runUntil(
        () -> state() instanceof ModelState.Loading loading && loading.progress().done() == 1);
    models.cancel();
    fx.runUntil(() -> state() instanceof ModelState.Chosen);
    assertThat(models.folder()).isEqualTo(ONE);
    assertThat(models.loaded()).isNull();
  }

  @Test
  void anotherModelTakesThePlaceOfTheOneInMemory() {
    load(ONE);
    load(TWO);
    assertThat(opened).hasSize(2);
    assertThat(opened.get(0).closed()).isTrue();
    assertThat(opened.get(1).closed()).isFalse();
    assertThat(models.recent()).containsExactly(TWO, ONE);
  }

  @Test
  void aModelThatComesTooLateIsFreed() {
    models.choose(ONE);
    models.choose(TWO);
    fx.runUntil(() -> state() instanceof ModelState.Ready);
    fx.runUntil(() -> opened.stream().filter(each -> !each.closed()).count() == 1);
    assertThat(models.loaded().aside().description().folder()).isEqualTo(TWO);
  }

  @Test
  void theRecentOnesAreBounded() {
    models.remember(null, IntStream.range(0, 20).mapToObj(i -> Path.of("/m" + i)).toList());
    assertThat(state()).isEqualTo(new ModelState.None());
    assertThat(models.recent()).hasSize(ModelsViewModel.RECENT);
    load(ONE);
    assertThat(models.recent()).hasSize(ModelsViewModel.RECENT).startsWith(ONE, Path.of("/m0"));
  }

  @Test
  void closingFreesTheModel() {
    load(ONE);
    jobs.close();
    models.close();
    assertThat(opened.get(0).closed()).isTrue();
  }

  @Test
  void aModelThatComesWithTheProgramIsChosenIfNothingElseIsAndLoadedOnceItIsNeeded() {
    models.offer(ONE);
    assertThat(state()).isEqualTo(new ModelState.Chosen(ONE));
    assertThat(models.offered()).isEqualTo(ONE);
    assertThat(opened).isEmpty();

    models.need();
    fx.runUntil(() -> state() instanceof ModelState.Ready);

    assertThat(models.folder()).isEqualTo(ONE);
    assertThat(models.kept()).as("the next window is offered its own").isNull();
    assertThat(models.recent()).isEmpty();
  }

  @Test
  void whatAPersonChoseEarlierGoesBeforeWhatIsOffered() {
    models.remember(TWO, List.of(TWO));
    models.offer(ONE);
    assertThat(state()).isEqualTo(new ModelState.Chosen(TWO));
    assertThat(models.offered()).isEqualTo(ONE);
    assertThat(models.kept()).isEqualTo(TWO);
  }

  @Test
  void anotherModelIsKeptAndTheOfferedOneCanBeComeBackTo() {
    models.offer(ONE);
    load(TWO);
    assertThat(models.kept()).isEqualTo(TWO);
    assertThat(models.offered()).isEqualTo(ONE);

    load(ONE);
    assertThat(models.kept()).isNull();
    assertThat(models.recent()).containsExactly(TWO);
  }

  @Test
  void whereNoModelComesWithTheProgramNoneIsChosen() {
    models.offer(null);
    assertThat(state()).isEqualTo(new ModelState.None());
    assertThat(models.offered()).isNull();
    assertThat(models.kept()).isNull();
  }
}
