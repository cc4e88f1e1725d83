package io.capbench.app.gui;

import io.capbench.app.AppFolders;
import io.capbench.engine.clip.ClipLoader;
import io.capbench.engine.fusion.LocalFuserLoader;
import io.capbench.storage.job.JobRunner;
import io.capbench.storage.workspace.Workspace;
import io.capbench.viewer.browse.BrowseViewModel;
import io.capbench.viewer.caption.CaptionMarks;
import io.capbench.viewer.dataset.WorkbenchViewModel;
import io.capbench.viewer.fuse.FuseViewModel;
import io.capbench.viewer.fuse.FuserViewModel;
import io.capbench.viewer.ground.GroundViewModel;
import io.capbench.viewer.ground.KeptGroundings;
import io.capbench.viewer.ground.ModelsViewModel;
import java.nio.file.Path;
import javafx.application.Platform;

/**
 * Puts together what a window does with models. Nothing is loaded before it is needed.
 *
 * @param folders where hashes and small weights are kept
 * @param workspace keeps what models give
 * @param jobs runs them
 */
record WindowModels(AppFolders folders, Workspace workspace, JobRunner jobs) {

  /** Looks at images. */
  GroundViewModel ground(WorkbenchViewModel workbench, BrowseViewModel browse) {
    ClipOpener opener = new ClipOpener(new ClipLoader(cache()));
    return new GroundViewModel(
        new GroundViewModel.Parts(
            workbench, browse, new ModelsViewModel(opener, jobs, Platform::runLater)),
        new KeptGroundings(workspace),
        jobs,
        Platform::runLater);
  }

  /** Merges captions. */
  FuseViewModel fuse(WorkbenchViewModel workbench, BrowseViewModel browse, CaptionMarks marks) {
    FusionOpener opener = new FusionOpener(new LocalFuserLoader(cache()), System.getenv());
    return new FuseViewModel(
        new FuseViewModel.Parts(
            workbench, browse, new FuserViewModel(opener, jobs, Platform::runLater)),
        marks,
        workspace,
        jobs,
        Platform::runLater);
  }

  private Path cache() {
    return folders.cache().resolve("models");
  }
}
