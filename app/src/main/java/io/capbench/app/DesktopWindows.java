package io.capbench.app;

import io.capbench.app.cli.Terminal;
import io.capbench.app.cli.Windows;
import io.capbench.app.gui.CapbenchWindow;
import io.capbench.app.gui.GuiLauncher;
import io.capbench.app.tour.Tour;
import io.capbench.storage.model.CapbenchException;
import io.capbench.storage.workspace.Workspace;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The window on this machine's display.
 *
 * @param folders where settings and workspaces are
 * @param home where the sample is
 * @param web what may be fetched
 * @param terminal where a tour says what it does
 */
record DesktopWindows(AppFolders folders, AppHome home, WebAccess web, Terminal terminal)
    implements Windows {
  private static final Path TOUR = Path.of("capbench-tour");

  @Override
  public int open(List<Path> datasets, @Nullable Path workspace, @Nullable Path model) {
    Display display = Display.find();
    if (display.state() == Display.State.NO_DISPLAY
        && datasets.isEmpty()
        && workspace == null
        && model == null) {
      terminal.message(display.message());
      terminal.message("giving the tour instead; it leaves pictures in the folder " + TOUR);
      return tour(TOUR);
    }
    if (display.state() != Display.State.USABLE) {
      throw new CapbenchException(
          display.message() + " Every command but open works without; see capbench --help.");
    }
    // What has to be read from the disk is read here, before there is a window to wait for it.
    AppSettings settings = AppSettings.load(folders.settings());
    Workspace kept =
        Workspace.open(
            workspace == null ? settings.workspaceOr(folders.defaultWorkspace()) : workspace);
    new GuiLauncher(folders)
        .show(
            new CapbenchWindow.Request(
                kept,
                settings,
                web,
                model,
                datasets.isEmpty() ? lastDataset(kept) : datasets,
                home));
    return 0;
  }

  private List<Path> lastDataset(Workspace workspace) {
    List<List<Path>> recent = workspace.recentDatasets();
    return recent.isEmpty() ? List.of(home.sample()) : recent.get(0);
  }

  @Override
  public int tour(Path folder) {
    new Tour(
            folders,
            folder,
            home,
            line -> {
              terminal.line(line);
              terminal.flush();
            })
        .run();
    return 0;
  }
}
