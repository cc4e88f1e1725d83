package io.capbench.app.cli;

import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What the command line knows of the window. */
public interface Windows {

  /**
   * Opens the window and waits until it is closed.
   *
   * @param datasets files and folders; empty for what was open last
   * @param workspace the file that keeps decisions, or null for the one used last
   * @param model the folder of the model to look at images with, or null for the one used last
   * @return an exit code
   * @throws io.capbench.storage.model.CapbenchException if there is no display or nothing to open
   */
  int open(List<Path> datasets, @Nullable Path workspace, @Nullable Path model);

  /**
   * Drives the window through its main job without a display.
   *
   * @param out folder for pictures, workspace and export
   * @return an exit code
   */
  int tour(Path out);
}
