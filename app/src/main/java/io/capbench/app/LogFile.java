package io.capbench.app;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.logging.FileHandler;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogManager;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.logging.SimpleFormatter;
import org.jspecify.annotations.Nullable;

/**
 * Sends the log to a file of bounded size, made when there is something to write: most commands
 * leave none. Nothing of it reaches the terminal: what a person has to know is said in a sentence
 * by whoever they asked.
 */
final class LogFile extends Handler {
  private static final int BYTES = 1 << 20;
  private static final int FILES = 3;

  private final Path folder;

  /** Held, because a logger that nobody holds forgets its level. */
  private final Map<Logger, Level> talkative =
      Map.of(
          // It says at every start that the class path is not a module path,
          Logger.getLogger("javafx"),
          Level.SEVERE,
          // and this one, how it was built and configured.
          Logger.getLogger("org.apache.arrow"),
          Level.WARNING);

  private @Nullable Handler file;
  private boolean unusable;

  LogFile(Path folder) {
    this.folder = folder;
  }

  /**
   * Starts logging, in place of whatever handlers there were.
   *
   * @param folder for the files; if it cannot be written there is no log
   */
  static void start(Path folder) {
    LogManager.getLogManager().reset();
    LogFile file = new LogFile(folder);
    file.talkative.forEach((logger, level) -> logger.setLevel(level));
    Logger.getLogger("").addHandler(file);
  }

  @Override
  public synchronized void publish(LogRecord event) {
    Handler open = file();
    if (open != null) {
      open.publish(event);
    }
  }

  private @Nullable Handler file() {
    if (file == null && !unusable) {
      try {
        Files.createDirectories(folder);
        Handler opened =
            new FileHandler(
                folder.toString().replace("%", "%%") + "/capbench-%u-%g.log", BYTES, FILES, true);
        opened.setFormatter(new SimpleFormatter());
        opened.setEncoding("UTF-8");
        file = opened;
      } catch (IOException e) {
        unusable = true; // A full disk or a foreign folder must not keep anybody from working.
      }
    }
    return file;
  }

  @Override
  public synchronized void flush() {
    if (file != null) {
      file.flush();
    }
  }

  @Override
  public synchronized void close() {
    if (file != null) {
      file.close();
      file = null;
    }
    unusable = true;
  }
}
