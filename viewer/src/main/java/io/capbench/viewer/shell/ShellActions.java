package io.capbench.viewer.shell;

/** What the bars of the window ask the window to do. FX thread only. */
interface ShellActions {
  void openFile();

  void openFolder();

  void openSample();

  void export();

  void theme();

  void help();

  /** Opens the place where filters get names. */
  void names();

  /** Gives the keyboard back to the rows. */
  void rows();
}
