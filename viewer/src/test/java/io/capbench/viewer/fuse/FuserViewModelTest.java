package io.capbench.viewer.fuse;

import static org.assertj.core.api.Assertions.assertThat;

import io.capbench.engine.fusion.Fuser;
import io.capbench.storage.job.JobContext;
import io.capbench.storage.job.JobRunner;
import io.capbench.storage.model.CapbenchException;
import io.capbench.viewer.fixture.FakeFuser;
import io.capbench.viewer.fixture.Turns;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class FuserViewModelTest {
  private static final Path BUNDLED = Path.of("/program/models/bundled");
  private static final FuserChoice OFFERED = FuserChoice.local(BUNDLED.toString(), false);
  private static final FuserChoice OWN = FuserChoice.local("/models/own", true);
  private static final FuserChoice ODD = FuserChoice.local("/models/odd", false);

  private final Turns fx = new Turns();
  private final JobRunner jobs = new JobRunner();
  private final List<FuserChoice> opened = new CopyOnWriteArrayList<>();
  private final FuserViewModel fuser = new FuserViewModel(new Opener(), jobs, fx);

  private final class Opener implements FuserOpener {
    @Override
    public Fuser open(FuserChoice choice, JobContext context) {
      opened.add(choice);
      return new FakeFuser();
    }

    @Override
    public @Nullable String note(FuserChoice choice) {
      if (choice.equals(ODD)) {
        throw new CapbenchException("capbench.json says note 7");
      }
      return choice.equals(OFFERED) ? "Only knows cars." : null;
    }
  }

  @AfterEach
  void stop() {
    jobs.close();
    fuser.close();
  }

  private FuserState state() {
    return fuser.stateProperty().get();
  }

  private void load(FuserChoice choice) {
    fuser.choose(choice);
    fx.runUntil(() -> state() instanceof FuserState.Ready);
  }

  @Test
  void aModelThatComesWithTheProgramIsChosenIfNothingElseIsAndLoadedOnceItIsNeeded() {
    fuser.offer(BUNDLED);
    assertThat(state()).isEqualTo(new FuserState.Chosen(OFFERED));
    assertThat(fuser.offered()).isEqualTo(OFFERED);
    assertThat(opened).isEmpty();

    fuser.need();
    fx.runUntil(() -> state() instanceof FuserState.Ready);

    assertThat(opened).containsExactly(OFFERED);
    assertThat(fuser.kept()).as("the next window is offered its own").isNull();
  }

  @Test
  void whatAPersonChoseEarlierGoesBeforeWhatIsOffered() {
    fuser.remember(OWN);
    fuser.offer(BUNDLED);
    assertThat(fuser.choice()).isEqualTo(OWN);
    assertThat(fuser.kept()).isEqualTo(OWN);
    assertThat(fuser.offered()).isEqualTo(OFFERED);
  }

  @Test
  void anotherModelIsKeptAndTheOfferedOneCanBeComeBackTo() {
    fuser.offer(BUNDLED);
    load(OWN);
    assertThat(fuser.kept()).isEqualTo(OWN);

    load(OFFERED);
    assertThat(fuser.kept()).isNull();
  }

  @Test
  void theOfferedModelWithSmallerWeightsIsAChoiceOfThePerson() {
    fuser.offer(BUNDLED);
    FuserChoice smaller = FuserChoice.local(BUNDLED.toString(), true);
    load(smaller);
    assertThat(fuser.kept()).isEqualTo(smaller);
  }

  @Test
  void whereNoModelComesWithTheProgramNoneIsChosen() {
    fuser.offer(null);
    assertThat(state()).isEqualTo(new FuserState.None());
    assertThat(fuser.offered()).isNull();
    assertThat(fuser.kept()).isNull();
  }

  @Test
  void whatItsMakerSaysIsToldOfTheModelInMemoryOnly() {
    fuser.offer(BUNDLED);
    assertThat(fuser.note()).isEmpty();
    load(OFFERED);
    assertThat(fuser.note()).isEqualTo("Only knows cars.");
    load(OWN);
    assertThat(fuser.note()).isEmpty();
  }

  @Test
  void aModelThatSaysWhatIsNotPossibleIsNotLoaded() {
    fuser.choose(ODD);
    fx.runUntil(() -> state() instanceof FuserState.Failed);
    assertThat(state()).isEqualTo(new FuserState.Failed(ODD, "capbench.json says note 7"));
    assertThat(opened).isEmpty();
  }
}
