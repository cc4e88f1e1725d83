package io.capbench.app.cli;

/** How the program ends. */
final class ExitCode {
  static final int OK = 0;
  static final int FAILED = 1;
  static final int USAGE = 2;

  /** 128 + SIGINT: what a shell expects of a program that Ctrl-C ended. */
  static final int INTERRUPTED = 130;

  private ExitCode() {}
}
