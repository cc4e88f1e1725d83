package io.capbench.app;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.logging.FileHandler;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogManager;
import java.util.logging.Logger;
import java.util.logging.SimpleFormatter;

/**
 * Sends the log to a file of bounded size. Nothing of it reaches the terminal: what a person has to
 * know is said in a sentence by whoever they asked.
 */
final class LogFile {
  private static final int BYTES = 1 << 20;
  private static final int FILES = 3;

  private LogFile() {}

  /**
   * Starts logging.
   *
   * @param folder for the files
   * @return whether the folder could be written; without it there is no log
   */
  static boolean start(Path folder) {
    LogManager.getLogManager().reset();
    // JavaFX says at every start that the class path is not a module path.
    Logger.getLogger("javafx").setLevel(Level.SEVERE);
    try {
      Files.createDirectories(folder);
      Handler file =
          new FileHandler(folder.resolve("capbench-%u-%g.log").toString(), BYTES, FILES, true);
      file.setFormatter(new SimpleFormatter());
      file.setEncoding("UTF-8");
      Logger.getLogger("").addHandler(file);
      return true;
    } catch (IOException e) {
      return false; // A full disk or a foreign folder must not keep anybody from working.
    }
  }
}
