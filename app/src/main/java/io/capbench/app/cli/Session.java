package io.capbench.app.cli;

import io.capbench.app.AppFolders;
import io.capbench.app.AppHome;
import io.capbench.app.AppSettings;
import io.capbench.app.WebAccess;
import io.capbench.storage.job.ForegroundContext;
import io.capbench.storage.job.JobContext;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** One run of one command: where it writes, where its things are, and how it is stopped. */
final class Session implements AutoCloseable {
  private final Terminal terminal;
  private final AppFolders folders;
  private final AppHome home;
  private final WebAccess web;
  private @Nullable ForegroundContext context;
  private @Nullable Interruption interruption;

  Session(Terminal terminal, AppFolders folders, AppHome home, WebAccess web) {
    this.terminal = terminal;
    this.folders = folders;
    this.home = home;
    this.web = web;
  }

  Terminal terminal() {
    return terminal;
  }

  AppFolders folders() {
    return folders;
  }

  AppHome home() {
    return home;
  }

  WebAccess web() {
    return web;
  }

  /**
   * The context of this command's work: its progress is shown, and Ctrl-C stops it. From the first
   * call until {@link #close} the program's end waits for it, so a window does not ask for one.
   */
  JobContext context() {
    ForegroundContext running = context;
    if (running == null) {
      running = new ForegroundContext(new ProgressLine(terminal, System::nanoTime));
      interruption = new Interruption(running::cancel);
      context = running;
    }
    return running;
  }

  /** The workspace that was named, else the one used last, else the one of people who name none. */
  Path workspace(@Nullable Path named) {
    if (named != null) {
      return named;
    }
    return AppSettings.load(folders.settings()).workspaceOr(folders.defaultWorkspace());
  }

  @Override
  public void close() {
    terminal.clearStatus();
    if (interruption != null) {
      interruption.close();
    }
  }
}
