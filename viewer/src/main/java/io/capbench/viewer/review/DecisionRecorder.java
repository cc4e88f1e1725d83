package io.capbench.viewer.review;

import io.capbench.storage.model.CapbenchException;
import io.capbench.storage.model.Decision;
import io.capbench.storage.model.RowKey;
import io.capbench.storage.workspace.DecisionCounts;
import io.capbench.storage.workspace.DecisionEntry;
import io.capbench.storage.workspace.DecisionLog;
import io.capbench.storage.workspace.NewDecision;
import io.capbench.viewer.browse.BrowseViewModel;
import io.capbench.viewer.browse.RowItem;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.property.SimpleStringProperty;
import javafx.beans.property.StringProperty;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Brings what a curator does into the workspace and tells the window what became of it. All the
 * models of this package share one, so that their commands run one after another. FX thread only;
 * the workspace is written on the executor.
 */
final class DecisionRecorder {
  private static final Logger LOG = LoggerFactory.getLogger(DecisionRecorder.class);

  private final BrowseViewModel browse;
  private final Executor writer;
  private final Executor fx;
  private final ReviewQueue queue;
  private final StringProperty annotator = new SimpleStringProperty(this, "annotator", "");
  private final ReadOnlyObjectWrapper<ReviewMessage> message =
      new ReadOnlyObjectWrapper<>(this, "message", ReviewMessage.NONE);
  private final ReadOnlyObjectWrapper<DecisionCounts> counts =
      new ReadOnlyObjectWrapper<>(this, "counts", new DecisionCounts(0, 0, 0, 0, 0));
  private @Nullable DecisionLog log;
  private Set<String> fingerprints = Set.of();

  /** What to do with the selected row, once it is here; ends with a write or by ending itself. */
  interface OnRow {
    void start(DecisionLog log, RowItem item);
  }

  DecisionRecorder(BrowseViewModel browse, Executor writer, Executor fx) {
    this.browse = browse;
    this.writer = writer;
    this.fx = fx;
    this.queue = new ReviewQueue(writer, fx, problem -> complain("Not recorded. " + problem));
    browse.currentProperty().addListener(o -> queue.pump());
  }

  /** Writes to this log from now on. */
  void attach(DecisionLog decisions, Set<String> shards) {
    log = decisions;
    queue.attach(decisions);
    fingerprints = Set.copyOf(shards);
    message.set(ReviewMessage.NONE);
    refreshCounts();
  }

  /** Begins nothing more; the write that is under way ends. */
  void detach() {
    log = null;
    queue.attach(null);
  }

  StringProperty annotatorProperty() {
    return annotator;
  }

  ReadOnlyObjectProperty<ReviewMessage> messageProperty() {
    return message.getReadOnlyProperty();
  }

  ReadOnlyObjectProperty<DecisionCounts> countsProperty() {
    return counts.getReadOnlyProperty();
  }

  /** Who decides, never blank. */
  String annotator() {
    String name = annotator.get();
    return name == null || name.isBlank() ? "annotator" : name.strip();
  }

  /** Fingerprints of the dataset's shards. */
  Set<String> fingerprints() {
    return fingerprints;
  }

  /** Adds a command about the row that is selected when its turn comes. */
  void onSelected(OnRow action) {
    enqueue(
        decisions -> {
          RowItem item = browse.currentProperty().get();
          if (item == null) {
            return false;
          }
          action.start(decisions, item);
          return true;
        });
  }

  /** Adds a command about a row that the caller knows, whatever is shown by then. */
  void add(ReviewQueue.Command command) {
    queue.add(command);
  }

  /** Adds a command, unless there are no rows. */
  void enqueue(ReviewQueue.Command command) {
    if (browse.rowCountProperty().get() > 0) {
      queue.add(command);
    }
  }

  /** Writes for the command that is under way, and ends it. */
  void write(ReviewQueue.Write work) {
    queue.write(work);
  }

  /** Ends the command that is under way without writing. */
  void endedWith(String text) {
    queue.ended(() -> say(text));
  }

  /** Appends a decision for the command that is under way, and ends it. */
  void record(DecisionLog decisions, NewDecision decision, String did) {
    queue.write(
        () -> {
          Decision now = append(decisions, decision);
          return () -> noted(now, did);
        });
  }

  /** Appends a decision, on the executor; gives what holds for its row then. */
  static Decision append(DecisionLog decisions, NewDecision decision) {
    DecisionEntry entry = decisions.append(decision);
    LOG.debug("Recorded {} as entry {}", entry.action().id(), entry.id());
    return current(decisions, decision.row().key(), decision.annotator());
  }

  /** What holds for a row, be it nothing; on the executor. */
  static Decision current(DecisionLog decisions, RowKey key, String who) {
    return decisions
        .current(key)
        .orElseGet(
            () ->
                new Decision(
                    key,
                    null,
                    null,
                    null,
                    null,
                    who,
                    Instant.now().truncatedTo(ChronoUnit.MILLIS)));
  }

  /** Shows what holds for a row now and says what was done. */
  void noted(Decision now, String did) {
    browse.decided(now);
    say(did);
    refreshCounts();
  }

  /** Reads the counts anew. */
  void refreshCounts() {
    Set<String> shards = fingerprints;
    read(decisions -> decisions.counts(shards), counts::set);
  }

  /** Reads something of the log on the executor and hands it over on the FX thread. */
  <T> void read(Reading<T> reading, Consumer<T> consumer) {
    DecisionLog decisions = log;
    if (decisions == null) {
      return;
    }
    writer.execute(
        () -> {
          try {
            T now = reading.of(decisions);
            fx.execute(
                () -> {
                  if (log == decisions) {
                    consumer.accept(now);
                  }
                });
          } catch (CapbenchException e) {
            fx.execute(() -> complain(String.valueOf(e.getMessage())));
          }
        });
  }

  /** Reads something of a log. */
  interface Reading<T> {
    T of(DecisionLog log);
  }

  void say(String text) {
    message.set(new ReviewMessage(text, false));
  }

  void complain(String text) {
    message.set(new ReviewMessage(text, true));
  }
}
