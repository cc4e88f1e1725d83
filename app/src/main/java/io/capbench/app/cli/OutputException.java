package io.capbench.app.cli;

import java.io.IOException;
import java.util.Locale;

/** Standard output takes no more. */
final class OutputException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  OutputException(IOException cause) {
    super("The results cannot be written: " + cause.getMessage(), cause);
  }

  /**
   * Whether whoever read the results had enough of them, as {@code head} has. The message is all
   * there is to tell: Linux and macOS say "Broken pipe", Windows "The pipe is being closed".
   */
  boolean readerLeft() {
    return String.valueOf(getMessage()).toLowerCase(Locale.ROOT).contains("pipe");
  }
}
