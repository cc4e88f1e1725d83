package io.capbench.viewer.ground;

import io.capbench.storage.job.JobContext;
import io.capbench.storage.job.JobRunner;
import io.capbench.storage.job.Lane;
import io.capbench.storage.job.Progress;
import io.capbench.viewer.jobs.LatestRequest;
import io.capbench.viewer.jobs.SharedModel;
import io.capbench.viewer.jobs.ToldProgress;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.collections.FXCollections;
import javafx.collections.ObservableList;
import org.jspecify.annotations.Nullable;

/**
 * Which model the window works with. At most one is in memory, from the first time that it is
 * needed on. FX thread only; loading is a job.
 */
public final class ModelsViewModel {
  /** How many folders are remembered. */
  public static final int RECENT = 8;

  private final ModelOpener opener;
  private final Executor fx;
  private final LatestRequest loading;
  private final ReadOnlyObjectWrapper<ModelState> state =
      new ReadOnlyObjectWrapper<>(this, "state", new ModelState.None());
  private final ObservableList<Path> recent = FXCollections.observableArrayList();
  private @Nullable Path offered;
  private @Nullable SharedModel<OpenModel> loaded;

  /**
   * No model yet.
   *
   * @param opener loads models
   * @param jobs runs the loading
   * @param fx runs things on the FX thread
   */
  public ModelsViewModel(ModelOpener opener, JobRunner jobs, Executor fx) {
    this.opener = opener;
    this.fx = fx;
    this.loading = new LatestRequest(jobs, fx);
  }

  /** Where the model stands. */
  public ReadOnlyObjectProperty<ModelState> stateProperty() {
    return state.getReadOnlyProperty();
  }

  /** The model in memory, or null. */
  public @Nullable SharedModel<OpenModel> loaded() {
    return state.get() instanceof ModelState.Ready ready ? ready.model() : null;
  }

  /** Where the chosen model is, or null if none is chosen. */
  public @Nullable Path folder() {
    ModelState now = state.get();
    if (now instanceof ModelState.Chosen chosen) {
      return chosen.folder();
    } else if (now instanceof ModelState.Loading under) {
      return under.folder();
    } else if (now instanceof ModelState.Ready ready) {
      return ready.folder();
    } else if (now instanceof ModelState.Failed failed) {
      return failed.folder();
    }
    return null;
  }

  /** Folders that worked before, the latest first. */
  public ObservableList<Path> recent() {
    return recent;
  }

  /**
   * Offers a model that comes with the program; it is chosen if nothing else is.
   *
   * @param folder of the model, or null if there is none
   */
  public void offer(@Nullable Path folder) {
    offered = folder;
    if (folder != null && state.get() instanceof ModelState.None) {
      state.set(new ModelState.Chosen(folder));
    }
  }

  /** The model that comes with the program, or null. */
  public @Nullable Path offered() {
    return offered;
  }

  /** The model that the next window is to take up; null if it is the one that is offered. */
  public @Nullable Path kept() {
    Path now = folder();
    return now == null || now.equals(offered) ? null : now;
  }

  /**
   * Takes up what was chosen in an earlier window, without loading it.
   *
   * @param folder the model, or null
   * @param others folders that worked before, the latest first
   */
  public void remember(@Nullable Path folder, List<Path> others) {
    recent.setAll(others.stream().distinct().limit(RECENT).toList());
    if (folder != null && state.get() instanceof ModelState.None) {
      state.set(new ModelState.Chosen(folder));
    }
  }

  /** Works with the model of that folder from now on, and loads it. */
  public void choose(Path folder) {
    loading.start(new Loading(folder));
    state.set(new ModelState.Loading(folder, Progress.NONE));
  }

  /** Loads the chosen model, unless it is here, on its way, or failed. */
  public void need() {
    if (state.get() instanceof ModelState.Chosen chosen) {
      choose(chosen.folder());
    }
  }

  /** Tries again to load the chosen model. */
  public void again() {
    Path folder = folder();
    if (folder != null && !(state.get() instanceof ModelState.Loading)) {
      choose(folder);
    }
  }

  /** Stops loading. */
  public void cancel() {
    loading.cancel();
  }

  /** Takes a folder off the list of those that worked. */
  public void forget(Path folder) {
    recent.remove(folder);
  }

  /** Frees the model, unless it is still at work. To be called once the jobs have ended. */
  public void close() {
    loading.close();
    SharedModel<OpenModel> last = loaded;
    loaded = null;
    if (last != null) {
      last.closeIfIdle();
    }
  }

  private static String name(Path folder) {
    Path last = folder.getFileName();
    return last == null ? folder.toString() : last.toString();
  }

  private final class Loading implements LatestRequest.Request<SharedModel<OpenModel>> {
    private final Path folder;
    private final @Nullable SharedModel<OpenModel> before = loaded;

    Loading(Path folder) {
      this.folder = folder;
    }

    @Override
    public String title() {
      return "Loading " + name(folder);
    }

    @Override
    public Lane lane() {
      return Lane.DEVICE;
    }

    @Override
    public SharedModel<OpenModel> run(JobContext context, Consumer<SharedModel<OpenModel>> early) {
      context.checkCancelled();
      if (before != null) {
        before.close(); // two models at once may not fit into memory
      }
      OpenModel open = opener.open(folder, new ToldProgress(context, fx, this::reached));
      return new SharedModel<>(open, name(folder), open.grounder()::close);
    }

    private void reached(Progress progress) {
      if (state.get() instanceof ModelState.Loading now && now.folder().equals(folder)) {
        state.set(new ModelState.Loading(folder, progress));
      }
    }

    @Override
    public void succeeded(SharedModel<OpenModel> model) {
      loaded = model;
      recent.remove(folder);
      if (!folder.equals(offered)) {
        recent.add(0, folder);
      }
      if (recent.size() > RECENT) {
        recent.remove(RECENT, recent.size());
      }
      state.set(new ModelState.Ready(folder, model));
    }

    @Override
    public void failed(String sentence) {
      state.set(
          sentence.isEmpty()
              ? new ModelState.Chosen(folder)
              : new ModelState.Failed(folder, sentence));
    }

    @Override
    public void drop(SharedModel<OpenModel> model) {
      model.close();
    }
  }
}
