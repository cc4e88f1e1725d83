package io.capbench.viewer.review;

import io.capbench.storage.dataset.RowView;
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
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Executor;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.property.StringProperty;
import org.jspecify.annotations.Nullable;

/**
 * What a curator does to the selected row. Commands run one after another: each is durable in the
 * workspace before the selection moves on and the next begins, so that no key press, however fast,
 * meets the wrong row. FX thread only; the workspace is written on the executor.
 */
public final class ReviewViewModel {
  private final BrowseViewModel browse;
  private final DecisionRecorder recorder;
  private final ReadOnlyObjectWrapper<@Nullable Draft> draft =
      new ReadOnlyObjectWrapper<>(this, "draft", null);
  private final TagViewModel tags;
  private final SpanViewModel spans;
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
    this.recorder = new DecisionRecorder(browse, writer, fx);
    this.tags = new TagViewModel(recorder);
    this.spans = new SpanViewModel(browse, recorder);
  }

  /**
   * Decides on the rows of another dataset from now on.
   *
   * @param decisions the log to append to
   * @param shards fingerprints of the dataset's shards
   * @param tracks the dataset's tracks
   */
  public void attach(DecisionLog decisions, Set<String> shards, ColumnMapping tracks) {
    recorder.attach(decisions, shards);
    mapping = tracks;
    draft.set(null);
    spans.attach(tracks);
  }

  /** Goes on with more tracks of the same rows: what is begun goes on too. */
  public void retrack(ColumnMapping tracks) {
    mapping = tracks;
    spans.retrack(tracks);
  }

  /** Begins nothing more; the write that is under way ends. */
  public void detach() {
    recorder.detach();
  }

  /** The tags of rows. */
  public TagViewModel tags() {
    return tags;
  }

  /** What is said of words in captions. */
  public SpanViewModel spans() {
    return spans;
  }

  /** Says that nothing can be recorded. */
  public void sayReadOnly() {
    recorder.complain("Nothing can be recorded: the workspace is open for reading only");
  }

  /** Tells the person something, until the next command. */
  public void tell(String sentence) {
    recorder.say(sentence);
  }

  /** Who decides. */
  public StringProperty annotatorProperty() {
    return recorder.annotatorProperty();
  }

  /** What became of the last command. */
  public ReadOnlyObjectProperty<ReviewMessage> messageProperty() {
    return recorder.messageProperty();
  }

  /** How many rows of the dataset are decided. */
  public ReadOnlyObjectProperty<DecisionCounts> countsProperty() {
    return recorder.countsProperty();
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
    recorder.onSelected(
        (decisions, item) -> {
          CaptionRow row = item.row();
          String who = recorder.annotator();
          long position = browse.selectedProperty().get();
          RowView view = browse.view();
          recorder.write(
              () -> {
                Decision now =
                    DecisionRecorder.append(decisions, NewDecision.verdict(row, who, verdict));
                return () -> {
                  recorder.noted(now, verbOf(verdict) + " row " + row.key().row());
                  if (browse.view() == view && browse.selectedProperty().get() == position) {
                    browse.move(1);
                  }
                };
              });
        });
  }

  /** Takes the selected row's verdict back, without going on. */
  public void clearVerdict() {
    recorder.onSelected(
        (decisions, item) -> {
          Decision before = browse.decision(item);
          if (before == null || before.verdict() == null) {
            recorder.endedWith("This row has no verdict to clear");
            return;
          }
          recorder.record(
              decisions,
              NewDecision.clear(item.row(), recorder.annotator()),
              "Cleared the verdict");
        });
  }

  /** Prefers a track of the selected row, or takes the preference back if it is that one. */
  public void prefer(CaptionTrack track) {
    recorder.onSelected(
        (decisions, item) -> {
          if (item.row().caption(track.name()) == null) {
            recorder.endedWith("This row has no caption in " + track.name());
            return;
          }
          Decision before = browse.decision(item);
          boolean again = before != null && track.name().equals(before.preferredTrack());
          recorder.record(
              decisions,
              NewDecision.prefer(item.row(), recorder.annotator(), again ? null : track.name()),
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
      recorder.say("This row has no caption to start from");
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
      recorder.complain("A caption cannot be empty. Escape discards what was written.");
      return;
    }
    draft.set(null);
    if (text.equals(written.text())) {
      recorder.say("Nothing changed");
      return;
    }
    recorder.enqueue(
        decisions -> {
          recorder.record(
              decisions,
              NewDecision.edit(written.row(), recorder.annotator(), written.track(), text),
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
    recorder.enqueue(
        decisions -> {
          String who = recorder.annotator();
          Set<String> shards = recorder.fingerprints();
          recorder.write(() -> moved(decisions, decisions.undo(who, shards), who, "Undid", "undo"));
          return true;
        });
  }

  /** Does what was undone last again and goes to its row. */
  public void redo() {
    recorder.enqueue(
        decisions -> {
          String who = recorder.annotator();
          Set<String> shards = recorder.fingerprints();
          recorder.write(() -> moved(decisions, decisions.redo(who, shards), who, "Redid", "redo"));
          return true;
        });
  }

  private Runnable moved(
      DecisionLog decisions, Optional<DecisionEntry> entry, String who, String did, String verb) {
    if (entry.isEmpty()) {
      return () -> recorder.say("Nothing to " + verb);
    }
    RowKey key = entry.get().key();
    Decision now = DecisionRecorder.current(decisions, key, who);
    return () -> {
      recorder.noted(now, did + ": " + words(entry.get()));
      browse.selectKey(key);
    };
  }

  private String words(DecisionEntry entry) {
    String text = String.valueOf(entry.text());
    return switch (entry.action()) {
      case TAG -> "tag \"" + text + "\"";
      case UNTAG -> "removal of the tag \"" + text + "\"";
      case SPAN -> "mark " + spans.types().name(text) + " in " + entry.track();
      case UNSPAN -> "removal of the mark " + spans.types().name(text) + " in " + entry.track();
      default -> entry.action().id();
    };
  }

  /** Reads the counts anew. */
  public void refreshCounts() {
    recorder.refreshCounts();
  }

  private static String verbOf(Verdict verdict) {
    return switch (verdict) {
      case ACCEPTED -> "Accepted";
      case REJECTED -> "Rejected";
      case SKIPPED -> "Skipped";
    };
  }
}
