package io.capbench.app.cli;

/** The arguments do not fit together. The message says which, and how they do. */
final class UsageException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  UsageException(String message) {
    super(message);
  }
}
