package io.capbench.viewer.dataset;

import io.capbench.storage.model.CapbenchException;
import io.capbench.viewer.browse.BrowseViewModel;
import javafx.beans.property.ReadOnlyStringProperty;
import javafx.beans.property.ReadOnlyStringWrapper;

/** Goes to a row that a person names. FX thread only; the row is looked up in the background. */
public final class JumpViewModel {
  private final WorkbenchViewModel workbench;
  private final BrowseViewModel browse;
  private final ReadOnlyStringWrapper problem = new ReadOnlyStringWrapper(this, "problem", "");

  /** Goes to rows of the dataset that is open. */
  public JumpViewModel(WorkbenchViewModel workbench, BrowseViewModel browse) {
    this.workbench = workbench;
    this.browse = browse;
  }

  /** Why the last jump led nowhere, or empty. */
  public ReadOnlyStringProperty problemProperty() {
    return problem.getReadOnlyProperty();
  }

  /** Forgets the last jump. */
  public void begin() {
    problem.set("");
  }

  /**
   * Selects the row.
   *
   * @param text as {@link JumpTarget#parse} reads it
   * @param onArrived run when the row is selected
   */
  public void go(String text, Runnable onArrived) {
    OpenDataset open = workbench.openProperty().get();
    if (open == null) {
      return;
    }
    problem.set("");
    try {
      JumpTarget target =
          JumpTarget.parse(text, browse.rowCountProperty().get(), open.info().shards());
      if (target instanceof JumpTarget.Position place) {
        browse.select(place.position());
        onArrived.run();
      } else if (target instanceof JumpTarget.Row row) {
        browse.selectKey(row.key(), reason -> landed(reason, onArrived));
      }
    } catch (CapbenchException e) {
      problem.set(String.valueOf(e.getMessage()));
    }
  }

  private void landed(String reason, Runnable onArrived) {
    problem.set(reason);
    if (reason.isEmpty()) {
      onArrived.run();
    }
  }
}
