package io.capbench.app;

import io.capbench.app.cli.CapbenchCommand;
import io.capbench.app.cli.Terminal;

/** Where Capbench starts. */
public final class Main {
  private Main() {}

  /** Runs one command, or opens the window if there are no arguments, and ends the program. */
  public static void main(String[] arguments) {
    AppFolders folders = AppFolders.of(System.getenv(), System.getProperties());
    LogFile.start(folders.logs());
    AppHome home = AppHome.find();
    Terminal terminal = Terminal.system();
    CapbenchCommand command =
        new CapbenchCommand(terminal, folders, home, new DesktopWindows(folders, home, terminal));
    System.exit(command.run(arguments));
  }
}
