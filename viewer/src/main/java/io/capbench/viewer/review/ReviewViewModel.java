package io.capbench.viewer.review;

import io.capbench.storage.dataset.RowView;
import io.capbench.storage.model.CapbenchException;
import io.capbench.storage.model.CaptionRow;
import io.capbench.storage.model.CaptionTrack;
import io.capbench.storage.model.ColumnMapping;
import io.capbench.storage.model.Decision;
import io.capbench.storage.model.RowKey;
import io.capbench.storage.model.Verdict;
import io.capbench.storage.workspace.DecisionCounts;
import io.capbench.storage.workspace.DecisionEntry;
import io.capbench.storage.workspace.DecisionLog;
import io.capbench.storage.workspace.NewDecision;
import io.capbench.viewer.browse.BrowseViewModel;
import io.capbench.viewer.browse.RowItem;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Executor;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.property.SimpleStringProperty;
import javafx.beans.property.StringProperty;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What a curator does to the selected row. Commands run one after another: each is durable in the
 * workspace before the selection moves on and the next begins, so that no key press, however fast,
 * meets the wrong row. FX thread only; the workspace is written on the executor.
 */
public final class ReviewViewModel {
  private static final Logger LOG = LoggerFactory.getLogger(ReviewViewModel.class);

  private final BrowseViewModel browse;
  private final Executor writer;
  private final Executor fx;
  private final ReviewQueue queue;
  private final StringProperty annotator = new SimpleStringProperty(this, "annotator", "");
  private final ReadOnlyObjectWrapper<ReviewMessage> message =
      new ReadOnlyObjectWrapper<>(this, "message", ReviewMessage.NONE);
  private final ReadOnlyObjectWrapper<DecisionCounts> counts =
      new ReadOnlyObjectWrapper<>(this, "counts", new DecisionCounts(0, 0, 0, 0, 0));
  private final ReadOnlyObjectWrapper<@Nullable Draft> draft =
      new ReadOnlyObjectWrapper<>(this, "draft", null);
  private @Nullable DecisionLog log;
  private Set<String> fingerprints = Set.of();
  private ColumnMapping mapping = ColumnMapping.NONE;

  /**
   * A model without a workspace.
   *
   * @param browse whose selected row is decided on
   * @param writer runs one write after another
   * @param fx runs things on the FX thread
   */
  public ReviewViewModel(BrowseViewModel browse, Executor writer, Executor fx) {
    this.browse = browse;
    this.writer = writer;
    this.fx = fx;
    this.queue = new ReviewQueue(writer, fx, problem -> complain("Not recorded. " + problem));
    browse.currentProperty().addListener(o -> queue.pump());
  }

  /**
   * Decides on the rows of another dataset from now on.
   *
   * @param decisions the log to append to
   * @param shards fingerprints of the dataset's shards
   * @param tracks the dataset's tracks
   */
  public void attach(DecisionLog decisions, Set<String> shards, ColumnMapping tracks) {
    log = decisions;
    queue.attach(decisions);
    fingerprints = Set.copyOf(shards);
    mapping = tracks;
    draft.set(null);
    message.set(ReviewMessage.NONE);
    refreshCounts();
  }

  /** Begins nothing more; the write that is under way ends. */
  public void detach() {
    log = null;
    queue.attach(null);
  }

  /** Who decides. */
  public StringProperty annotatorProperty() {
    return annotator;
  }

  /** What became of the last command. */
  public ReadOnlyObjectProperty<ReviewMessage> messageProperty() {
    return message.getReadOnlyProperty();
  }

  /** How many rows of the dataset are decided. */
  public ReadOnlyObjectProperty<DecisionCounts> countsProperty() {
    return counts.getReadOnlyProperty();
  }

  /** The caption that is being written, or null. */
  public ReadOnlyObjectProperty<@Nullable Draft> draftProperty() {
    return draft.getReadOnlyProperty();
  }

  /** Accepts the selected row and goes on to the next. */
  public void accept() {
    decide(Verdict.ACCEPTED);
  }

  /** Rejects the selected row and goes on to the next. */
  public void reject() {
    decide(Verdict.REJECTED);
  }

  /** Marks the selected row as seen without a verdict and goes on to the next. */
  public void skip() {
    decide(Verdict.SKIPPED);
  }

  private void decide(Verdict verdict) {
    onSelected(
        (decisions, item) -> {
          CaptionRow row = item.row();
          String who = annotator();
          long position = browse.selectedProperty().get();
          RowView view = browse.view();
          queue.write(
              () -> {
                append(decisions, NewDecision.verdict(row, who, verdict));
                Decision now = currentOf(decisions, row.key(), who);
                return () -> {
                  noted(now, verbOf(verdict) + " row " + row.key().row());
                  if (browse.view() == view && browse.selectedProperty().get() == position) {
                    browse.move(1);
                  }
                };
              });
        });
  }

  /** Takes the selected row's verdict back, without going on. */
  public void clearVerdict() {
    onSelected(
        (decisions, item) -> {
          Decision before = browse.decision(item);
          if (before == null || before.verdict() == null) {
            queue.ended(() -> say("This row has no verdict to clear"));
            return;
          }
          record(decisions, NewDecision.clear(item.row(), annotator()), "Cleared the verdict");
        });
  }

  /** Prefers a track of the selected row, or takes the preference back if it is that one. */
  public void prefer(CaptionTrack track) {
    onSelected(
        (decisions, item) -> {
          if (item.row().caption(track.name()) == null) {
            queue.ended(() -> say("This row has no caption in " + track.name()));
            return;
          }
          Decision before = browse.decision(item);
          boolean again = before != null && track.name().equals(before.preferredTrack());
          record(
              decisions,
              NewDecision.prefer(item.row(), annotator(), again ? null : track.name()),
              again ? "No track preferred" : "Preferred " + track.name());
        });
  }

  /** Prefers the track with that number, from 1, as {@link #prefer} does. */
  public void preferNumber(int number) {
    if (number <= mapping.tracks().size()) {
      prefer(mapping.tracks().get(number - 1));
    }
  }

  /** Begins to write a caption for the selected row, from the one that would be exported now. */
  public void edit() {
    RowItem item = browse.currentProperty().get();
    if (item == null || draft.get() != null) {
      return;
    }
    Draft begun = Draft.of(item.row(), browse.decision(item), mapping);
    if (begun == null) {
      say("This row has no caption to start from");
    }
    draft.set(begun);
  }

  /** Keeps what was written, if it differs from what it started from, and ends the edit. */
  public void saveEdit(String text) {
    Draft written = draft.get();
    if (written == null) {
      return;
    }
    if (text.isBlank()) {
      complain("A caption cannot be empty. Escape discards what was written.");
      return;
    }
    draft.set(null);
    if (text.equals(written.text())) {
      say("Nothing changed");
      return;
    }
    enqueue(
        decisions -> {
          record(
              decisions,
              NewDecision.edit(written.row(), annotator(), written.track(), text),
              "Saved the edited caption");
          return true;
        });
  }

  /** Ends the edit and drops what was written. */
  public void cancelEdit() {
    draft.set(null);
  }

  /** Takes this annotator's last command on this dataset back and goes to its row. */
  public void undo() {
    enqueue(
        decisions -> {
          String who = annotator();
          Set<String> shards = fingerprints;
          queue.write(() -> moved(decisions, decisions.undo(who, shards), who, "Undid", "undo"));
          return true;
        });
  }

  /** Does what was undone last again and goes to its row. */
  public void redo() {
    enqueue(
        decisions -> {
          String who = annotator();
          Set<String> shards = fingerprints;
          queue.write(() -> moved(decisions, decisions.redo(who, shards), who, "Redid", "redo"));
          return true;
        });
  }

  private Runnable moved(
      DecisionLog decisions, Optional<DecisionEntry> entry, String who, String did, String verb) {
    if (entry.isEmpty()) {
      return () -> say("Nothing to " + verb);
    }
    RowKey key = entry.get().key();
    Decision now = currentOf(decisions, key, who);
    return () -> {
      noted(now, did + ": " + entry.get().action().id());
      browse.selectKey(key);
    };
  }

  /** Reads the counts anew. */
  public void refreshCounts() {
    DecisionLog decisions = log;
    if (decisions == null) {
      return;
    }
    Set<String> shards = fingerprints;
    writer.execute(
        () -> {
          try {
            DecisionCounts now = decisions.counts(shards);
            fx.execute(
                () -> {
                  if (log == decisions) {
                    counts.set(now);
                  }
                });
          } catch (CapbenchException e) {
            fx.execute(() -> complain(String.valueOf(e.getMessage())));
          }
        });
  }

  private interface OnRow {
    void start(DecisionLog log, RowItem item);
  }

  private void onSelected(OnRow action) {
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

  private void enqueue(ReviewQueue.Command command) {
    if (browse.rowCountProperty().get() > 0) {
      queue.add(command);
    }
  }

  private void record(DecisionLog decisions, NewDecision decision, String did) {
    queue.write(
        () -> {
          append(decisions, decision);
          Decision now = currentOf(decisions, decision.row().key(), decision.annotator());
          return () -> noted(now, did);
        });
  }

  private static void append(DecisionLog decisions, NewDecision decision) {
    DecisionEntry entry = decisions.append(decision);
    LOG.debug("Recorded {} as entry {}", entry.action().id(), entry.id());
  }

  private static Decision currentOf(DecisionLog decisions, RowKey key, String who) {
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

  private void noted(Decision now, String did) {
    browse.decided(now);
    say(did);
    refreshCounts();
  }

  private String annotator() {
    String name = annotator.get();
    return name == null || name.isBlank() ? "annotator" : name.strip();
  }

  private void say(String text) {
    message.set(new ReviewMessage(text, false));
  }

  private void complain(String text) {
    message.set(new ReviewMessage(text, true));
  }

  private static String verbOf(Verdict verdict) {
    return switch (verdict) {
      case ACCEPTED -> "Accepted";
      case REJECTED -> "Rejected";
      case SKIPPED -> "Skipped";
    };
  }
}
