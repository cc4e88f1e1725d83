package io.capbench.app;

import io.capbench.app.cli.Windows;
import io.capbench.app.gui.CapbenchWindow;
import io.capbench.app.gui.GuiLauncher;
import io.capbench.storage.model.CapbenchException;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The window on this machine's display.
 *
 * @param folders where settings and workspaces are
 * @param home where the sample is
 */
record DesktopWindows(AppFolders folders, AppHome home) implements Windows {
  @Override
  public int open(List<Path> datasets, @Nullable Path workspace) {
    Display display = Display.find();
    if (display.state() != Display.State.USABLE) {
      throw new CapbenchException(
          display.message() + " Every command but open works without; see capbench --help.");
    }
    Path file = workspace == null ? lastWorkspace() : workspace;
    new GuiLauncher(folders).show(new CapbenchWindow.Request(file, datasets, home.sample()));
    return 0;
  }

  private Path lastWorkspace() {
    String last = AppSettings.load(folders.settings()).workspace();
    return last == null ? folders.defaultWorkspace() : Path.of(last);
  }

  @Override
  public int tour(Path out, @Nullable Path dataset) {
    throw new CapbenchException("This build cannot give the tour.");
  }
}
