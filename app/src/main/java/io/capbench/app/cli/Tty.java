package io.capbench.app.cli;

import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine.Help.Ansi;

/**
 * Whether a stream of this program is a terminal.
 *
 * <p>Java does not say it of one stream. {@code System.console()} speaks of standard input and
 * output together, says nothing of standard error, and from JDK 22 to 24 is never null even where
 * everything is redirected. A child that inherits the streams can ask the system with {@code test
 * -t}; that takes a few milliseconds, so it is asked only when the answer matters. Windows has no
 * such program: there picocli's guess stands, which knows the differences between JDKs.
 */
final class Tty {
  private static final Logger LOG = LoggerFactory.getLogger(Tty.class);

  private Tty() {}

  /**
   * Asks the system.
   *
   * @param descriptor 1 for standard output, 2 for standard error
   */
  static boolean isTerminal(int descriptor) {
    if (System.getProperty("os.name", "").startsWith("Windows")) {
      return Ansi.AUTO.enabled();
    }
    try {
      return new ProcessBuilder("/bin/sh", "-c", "test -t " + descriptor)
              .redirectInput(Redirect.INHERIT)
              .redirectOutput(Redirect.INHERIT)
              .redirectError(Redirect.INHERIT)
              .start()
              .waitFor()
          == 0;
    } catch (IOException e) {
      LOG.debug("No shell to ask about terminals; taken for none", e);
      return false;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }
}
