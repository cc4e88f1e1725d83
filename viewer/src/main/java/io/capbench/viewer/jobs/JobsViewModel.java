package io.capbench.viewer.jobs;

import io.capbench.storage.job.JobHandle;
import io.capbench.storage.job.JobRunner;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;
import javafx.collections.FXCollections;
import javafx.collections.ObservableList;

/** The jobs that are under way, and those that failed and were not looked at. FX thread only. */
public final class JobsViewModel {
  private final ObservableList<JobItem> items = FXCollections.observableArrayList();

  /**
   * Watches a runner.
   *
   * @param runner whose jobs are shown from now on
   * @param fx runs things on the FX thread
   */
  public JobsViewModel(JobRunner runner, Executor fx) {
    runner.addListener(handle -> watch(handle, fx));
  }

  private void watch(JobHandle<?> handle, Executor fx) {
    JobItem item = new JobItem(handle);
    fx.execute(() -> items.add(item));
    // A job may report a million times a second; the window hears of it once a turn.
    AtomicBoolean told = new AtomicBoolean();
    handle.addListener(
        () -> {
          if (told.compareAndSet(false, true)) {
            fx.execute(
                () -> {
                  told.set(false);
                  update(item);
                });
          }
        });
  }

  private void update(JobItem item) {
    item.update();
    if (item.handle().state().ended() && item.failureProperty().get().isEmpty()) {
      items.remove(item);
    }
  }

  /** The jobs to show, oldest first. */
  public ObservableList<JobItem> items() {
    return items;
  }

  /** Takes away a failed job that the person has seen. */
  public void dismiss(JobItem item) {
    items.remove(item);
  }
}
