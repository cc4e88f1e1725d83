package io.capbench.app;

import io.capbench.app.cli.CapbenchCommand;
import io.capbench.app.cli.Terminal;
import java.nio.file.InvalidPathException;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Where Capbench starts. */
public final class Main {
  private static final Logger LOG = LoggerFactory.getLogger(Main.class);

  private Main() {}

  /** Runs one command, or opens the window if there are no arguments, and ends the program. */
  public static void main(String[] arguments) {
    // Otherwise Java writes what breaks on any thread to the terminal, as a stack trace.
    Thread.setDefaultUncaughtExceptionHandler(
        (thread, thrown) -> LOG.error("Unexpected on {}", thread.getName(), thrown));
    System.exit(run(arguments, System.getenv(), Terminal.system()));
  }

  static int run(String[] arguments, Map<String, String> environment, Terminal terminal) {
    AppFolders folders;
    AppHome home;
    try {
      folders = AppFolders.of(environment, System.getProperties());
      home = AppHome.find();
    } catch (InvalidPathException e) {
      terminal.message(
          "Capbench's folders have a name that is not understood in this locale: "
              + e.getInput()
              + ". Set a locale with UTF-8, for example LC_ALL=C.UTF-8, or name another folder in "
              + AppFolders.HOME_VARIABLE
              + ".");
      return 1;
    }
    WebAccess web = WebAccess.of(environment);
    LogFile.start(folders.logs());
    CapbenchCommand command =
        new CapbenchCommand(
            terminal, folders, home, web, new DesktopWindows(folders, home, web, terminal));
    return command.run(arguments);
  }
}
