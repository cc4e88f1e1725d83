package io.capbench.viewer.jobs;

import io.capbench.storage.job.JobHandle;
import io.capbench.storage.job.JobState;
import io.capbench.storage.job.Progress;
import io.capbench.storage.model.CapbenchException;
import javafx.beans.property.ReadOnlyDoubleProperty;
import javafx.beans.property.ReadOnlyDoubleWrapper;
import javafx.beans.property.ReadOnlyStringProperty;
import javafx.beans.property.ReadOnlyStringWrapper;

/** A job as the window shows it. FX thread only. */
public final class JobItem {
  private static final double UNKNOWN = -1;
  private static final double SOON = 3;

  private final JobHandle<?> handle;
  private final ReadOnlyDoubleWrapper fraction =
      new ReadOnlyDoubleWrapper(this, "fraction", UNKNOWN);
  private final ReadOnlyStringWrapper detail = new ReadOnlyStringWrapper(this, "detail", "");
  private final ReadOnlyStringWrapper failure = new ReadOnlyStringWrapper(this, "failure", "");

  JobItem(JobHandle<?> handle) {
    this.handle = handle;
  }

  /** The job itself. */
  public JobHandle<?> handle() {
    return handle;
  }

  /** How far it is, from 0 to 1; -1 if that is not known. */
  public ReadOnlyDoubleProperty fractionProperty() {
    return fraction.getReadOnlyProperty();
  }

  /** How far it is, in words. */
  public ReadOnlyStringProperty detailProperty() {
    return detail.getReadOnlyProperty();
  }

  /** Why it failed, or empty. */
  public ReadOnlyStringProperty failureProperty() {
    return failure.getReadOnlyProperty();
  }

  void update() {
    Progress progress = handle.progress();
    fraction.set(
        progress.bounded() ? (double) progress.done() / Math.max(1, progress.total()) : UNKNOWN);
    detail.set(words(progress, handle.elapsed().toMillis() / 1000.0));
    if (handle.state() == JobState.FAILED) {
      failure.set(reason());
    }
  }

  private String reason() {
    return handle
        .future()
        .handle(
            (result, thrown) -> {
              if (thrown instanceof CapbenchException && thrown.getMessage() != null) {
                return thrown.getMessage();
              }
              return handle.title() + " failed: " + thrown;
            })
        .getNow(handle.title() + " failed");
  }

  private static String words(Progress progress, double seconds) {
    if (progress.unit().isEmpty()) {
      return "";
    }
    if (!progress.bounded()) {
      return String.format("%,d %s", progress.done(), progress.unit());
    }
    String text = String.format("%,d/%,d %s", progress.done(), progress.total(), progress.unit());
    if (progress.done() > 0 && seconds > SOON) {
      long left = Math.round(seconds / progress.done() * (progress.total() - progress.done()));
      text += " · " + (left < 60 ? left + " s" : (left + 59) / 60 + " min") + " left";
    }
    return text;
  }
}
