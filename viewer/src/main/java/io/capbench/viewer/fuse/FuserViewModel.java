package io.capbench.viewer.fuse;

import io.capbench.engine.fusion.Fuser;
import io.capbench.storage.job.JobContext;
import io.capbench.storage.job.JobRunner;
import io.capbench.storage.job.Lane;
import io.capbench.storage.job.Progress;
import io.capbench.viewer.jobs.LatestRequest;
import io.capbench.viewer.jobs.SharedModel;
import io.capbench.viewer.jobs.ToldProgress;
import java.nio.file.Path;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import org.jspecify.annotations.Nullable;

/**
 * Who merges captions in this window. At most one model is in memory, from the first time that it
 * is needed on. FX thread only; loading is a job.
 */
public final class FuserViewModel {
  private final FuserOpener opener;
  private final Executor fx;
  private final LatestRequest loading;
  private final ReadOnlyObjectWrapper<FuserState> state =
      new ReadOnlyObjectWrapper<>(this, "state", new FuserState.None());
  private @Nullable FuserChoice offered;
  private @Nullable SharedModel<Fuser> loaded;

  /**
   * No fuser yet.
   *
   * @param opener loads models
   * @param jobs runs the loading
   * @param fx runs things on the FX thread
   */
  public FuserViewModel(FuserOpener opener, JobRunner jobs, Executor fx) {
    this.opener = opener;
    this.fx = fx;
    this.loading = new LatestRequest(jobs, fx);
  }

  /** Where the fuser stands. */
  public ReadOnlyObjectProperty<FuserState> stateProperty() {
    return state.getReadOnlyProperty();
  }

  /** What is chosen, or null. */
  public @Nullable FuserChoice choice() {
    FuserState now = state.get();
    if (now instanceof FuserState.Chosen chosen) {
      return chosen.choice();
    } else if (now instanceof FuserState.Loading under) {
      return under.choice();
    } else if (now instanceof FuserState.Ready ready) {
      return ready.choice();
    } else if (now instanceof FuserState.Failed failed) {
      return failed.choice();
    }
    return null;
  }

  /** What its maker says of the model in memory; empty if nothing. */
  public String note() {
    String note = state.get() instanceof FuserState.Ready ready ? ready.note() : null;
    return note == null ? "" : note;
  }

  /** Takes up what was chosen in an earlier window, without loading it; null for nothing. */
  public void remember(@Nullable FuserChoice choice) {
    if (choice != null && !choice.place().isBlank() && state.get() instanceof FuserState.None) {
      state.set(new FuserState.Chosen(choice));
    }
  }

  /**
   * Offers a model that comes with the program; it is chosen if nothing else is.
   *
   * @param folder of the model, or null if there is none
   */
  public void offer(@Nullable Path folder) {
    offered = folder == null ? null : FuserChoice.local(folder.toString(), false);
    remember(offered);
  }

  /** The model that comes with the program, or null. */
  public @Nullable FuserChoice offered() {
    return offered;
  }

  /** What the next window is to take up; null if it is the model that is offered. */
  public @Nullable FuserChoice kept() {
    FuserChoice now = choice();
    return now == null || now.equals(offered) ? null : now;
  }

  /** Works with that one from now on, and loads it. */
  public void choose(FuserChoice choice) {
    loading.start(new Loading(choice));
    state.set(new FuserState.Loading(choice, Progress.NONE));
  }

  /** Loads what is chosen, unless it is here, on its way, or failed. */
  public void need() {
    if (state.get() instanceof FuserState.Chosen chosen) {
      choose(chosen.choice());
    }
  }

  /** Tries again to load what is chosen. */
  public void again() {
    FuserChoice choice = choice();
    if (choice != null && !(state.get() instanceof FuserState.Loading)) {
      choose(choice);
    }
  }

  /** Stops loading. */
  public void cancel() {
    loading.cancel();
  }

  /** Frees the model, unless it is still at work. To be called once the jobs have ended. */
  public void close() {
    loading.close();
    SharedModel<Fuser> last = loaded;
    loaded = null;
    if (last != null) {
      last.closeIfIdle();
    }
  }

  private final class Loading implements LatestRequest.Request<SharedModel<Fuser>> {
    private final FuserChoice choice;
    private final @Nullable SharedModel<Fuser> before = loaded;
    private volatile @Nullable String note;

    Loading(FuserChoice choice) {
      this.choice = choice;
    }

    @Override
    public String title() {
      return "Loading " + choice.place();
    }

    @Override
    public Lane lane() {
      return Lane.DEVICE;
    }

    @Override
    public SharedModel<Fuser> run(JobContext context, Consumer<SharedModel<Fuser>> early) {
      context.checkCancelled();
      if (before != null) {
        before.close(); // two models at once may not fit into memory
      }
      note = opener.note(choice);
      Fuser fuser = opener.open(choice, new ToldProgress(context, fx, this::reached));
      return new SharedModel<>(fuser, fuser.description().name(), fuser::close);
    }

    private void reached(Progress progress) {
      if (state.get() instanceof FuserState.Loading now && now.choice().equals(choice)) {
        state.set(new FuserState.Loading(choice, progress));
      }
    }

    @Override
    public void succeeded(SharedModel<Fuser> fuser) {
      loaded = fuser;
      state.set(new FuserState.Ready(choice, fuser, note));
    }

    @Override
    public void failed(String sentence) {
      state.set(
          sentence.isEmpty()
              ? new FuserState.Chosen(choice)
              : new FuserState.Failed(choice, sentence));
    }

    @Override
    public void drop(SharedModel<Fuser> fuser) {
      fuser.close();
    }
  }
}
