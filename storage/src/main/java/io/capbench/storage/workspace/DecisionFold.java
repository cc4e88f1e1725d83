package io.capbench.storage.workspace;

import io.capbench.storage.model.Decision;
import io.capbench.storage.model.RowKey;
import io.capbench.storage.model.Verdict;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What the log says of one row. An entry counts unless an undo that no redo took back refers to it;
 * of the entries that count, the latest on each question wins.
 */
final class DecisionFold {
  private DecisionFold() {}

  /**
   * Folds one row's entries.
   *
   * @param key the row
   * @param entries all entries of that row, in the order of their ids
   * @return what holds, or empty if nothing is decided
   */
  static Optional<Decision> fold(RowKey key, List<DecisionEntry> entries) {
    Set<Long> undone = undone(entries);
    @Nullable Verdict verdict = null;
    @Nullable String preferred = null;
    @Nullable String editedTrack = null;
    @Nullable String editedText = null;
    @Nullable DecisionEntry last = null;
    for (DecisionEntry entry : entries) {
      if (entry.action().isHistory() || undone.contains(entry.id())) {
        continue;
      }
      last = entry;
      switch (entry.action()) {
        case ACCEPT, REJECT, SKIP, CLEAR -> verdict = entry.action().verdict();
        case PREFER -> preferred = entry.track();
        case EDIT -> {
          editedTrack = entry.track();
          editedText = entry.text();
        }
        case UNDO, REDO -> throw new IllegalStateException("Left out above");
      }
    }
    if (last == null || (verdict == null && preferred == null && editedText == null)) {
      return Optional.empty();
    }
    return Optional.of(
        new Decision(
            key, verdict, preferred, editedTrack, editedText, last.annotator(), last.at()));
  }

  private static Set<Long> undone(List<DecisionEntry> entries) {
    Set<Long> redone = new HashSet<>();
    for (DecisionEntry entry : entries) {
      if (entry.action() == DecisionAction.REDO && entry.reference() != null) {
        redone.add(entry.reference());
      }
    }
    Set<Long> undone = new HashSet<>();
    for (DecisionEntry entry : entries) {
      if (entry.action() == DecisionAction.UNDO
          && entry.reference() != null
          && !redone.contains(entry.id())) {
        undone.add(entry.reference());
      }
    }
    return undone;
  }
}
