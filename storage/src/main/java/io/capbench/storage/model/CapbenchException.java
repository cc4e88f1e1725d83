package io.capbench.storage.model;

import org.jspecify.annotations.Nullable;

/**
 * Something that a person can do something about. The message is shown as it is: it names the file,
 * the cause and the remedy in plain words.
 */
public final class CapbenchException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public CapbenchException(String message) {
    super(message);
  }

  public CapbenchException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
