package io.capbench.viewer.dataset;

import io.capbench.storage.dataset.FusedColumns;
import io.capbench.storage.model.CapbenchException;
import io.capbench.storage.workspace.FusionSeries;
import io.capbench.storage.workspace.Workspace;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Which captions that models made are tracks of a dataset, and which a person left out. */
final class MadeTracks {
  private static final Logger LOG = LoggerFactory.getLogger(MadeTracks.class);

  private final Workspace workspace;
  private final Executor writer;
  private final Executor fx;

  /**
   * Knows of none.
   *
   * @param writer reads and writes the workspace
   * @param fx runs things on the FX thread
   */
  MadeTracks(Workspace workspace, Executor writer, Executor fx) {
    this.workspace = workspace;
    this.writer = writer;
    this.fx = fx;
  }

  /**
   * Finds the track of captions that were made, which is left out no longer.
   *
   * @param then told on the FX thread: the dataset with that track
   */
  void addTrack(OpenDataset current, FusionSeries series, Consumer<OpenDataset> then) {
    writer.execute(
        () -> {
          try {
            FusedColumns fused = current.dataset().fused();
            OpenDataset next = current.with(fused.addTo(current.mapping(), series), fused.names());
            if (!next.leftOut().equals(current.leftOut())) {
              keepLeftOut(next);
            }
            fx.execute(() -> then.accept(next));
          } catch (CapbenchException e) {
            LOG.warn("Captions that were made are shown when the dataset is opened again", e);
          }
        });
  }

  /**
   * Keeps which captions are no tracks. On a background thread.
   *
   * @throws CapbenchException if that cannot be written
   */
  void keepLeftOut(OpenDataset open) {
    open.dataset().fused().use(workspace.fusions(), open.leftOut());
    if (!workspace.readOnly()) {
      workspace.leaveOut(open.id(), open.leftOut());
    }
  }
}
