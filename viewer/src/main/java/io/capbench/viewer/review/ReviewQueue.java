package io.capbench.viewer.review;

import io.capbench.storage.workspace.DecisionLog;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Commands of a curator, one after another: the next begins when the one before is in the workspace
 * and the window shows it. A failure drops those that wait, so that none meets a row it was not
 * meant for. FX thread only; the workspace is written on the executor.
 */
final class ReviewQueue {
  /** Commands that may wait; more are dropped, as a person cannot mean them. */
  private static final int WAITING = 256;

  private static final Logger LOG = LoggerFactory.getLogger(ReviewQueue.class);

  private final Executor writer;
  private final Executor fx;
  private final Consumer<String> onFailure;
  private final Deque<Command> waiting = new ArrayDeque<>();
  private @Nullable DecisionLog log;
  private boolean busy;

  /** Runs on the FX thread once its turn has come; false if it has to wait for its row. */
  interface Command {
    boolean start(DecisionLog log);
  }

  /** Work on the workspace, off the FX thread; gives what to do on the FX thread afterwards. */
  interface Write {
    Runnable run();
  }

  /**
   * An empty queue.
   *
   * @param writer runs one write after another
   * @param fx runs things on the FX thread
   * @param onFailure gets the reason why a command was not recorded, on the FX thread
   */
  ReviewQueue(Executor writer, Executor fx, Consumer<String> onFailure) {
    this.writer = writer;
    this.fx = fx;
    this.onFailure = onFailure;
  }

  /** Writes to another log from now on, or to none; commands that wait are dropped. */
  void attach(@Nullable DecisionLog decisions) {
    log = decisions;
    waiting.clear();
  }

  /** Adds a command; it starts at once if none is under way. */
  void add(Command command) {
    if (waiting.size() < WAITING) {
      waiting.add(command);
      pump();
    }
  }

  /** Starts the next command if it can start. */
  void pump() {
    DecisionLog decisions = log;
    if (busy || decisions == null) {
      return;
    }
    Command next = waiting.poll();
    if (next == null) {
      return;
    }
    busy = true;
    if (!next.start(decisions)) {
      busy = false;
      waiting.addFirst(next);
    }
  }

  /** Writes for the command that is under way, and ends it. */
  void write(Write work) {
    writer.execute(
        () -> {
          Runnable after;
          try {
            after = work.run();
          } catch (RuntimeException e) {
            LOG.warn("The decision was not recorded", e);
            after =
                () -> {
                  waiting.clear();
                  onFailure.accept(String.valueOf(e.getMessage()));
                };
          }
          Runnable outcome = after;
          fx.execute(() -> ended(outcome));
        });
  }

  /** Ends the command that is under way and starts the next. */
  void ended(Runnable outcome) {
    outcome.run();
    busy = false;
    pump();
  }
}
