package io.capbench.storage.workspace;

import io.capbench.storage.model.CaptionSpan;
import io.capbench.storage.model.Decision;
import io.capbench.storage.model.RowKey;
import io.capbench.storage.model.Verdict;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * What the log says of one row. An entry counts unless an undo that no redo took back refers to it;
 * of the entries that count, the latest on each question wins. Every tag is a question of its own,
 * and so is every type for every span.
 */
final class DecisionFold {
  private static final Comparator<CaptionSpan> BY_PLACE =
      Comparator.comparing(CaptionSpan::track)
          .thenComparingInt(CaptionSpan::start)
          .thenComparingInt(CaptionSpan::end)
          .thenComparing(CaptionSpan::type);

  private @Nullable Verdict verdict;
  private @Nullable String preferred;
  private @Nullable String editedTrack;
  private @Nullable String editedText;
  private final Set<String> tags = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
  private final List<CaptionSpan> spans = new ArrayList<>();
  private @Nullable DecisionEntry lastDecided;
  private @Nullable DecisionEntry lastNoted;

  private DecisionFold() {}

  /**
   * Folds one row's entries.
   *
   * @param key the row
   * @param entries all entries of that row, in the order of their ids
   * @return what holds, or empty if nothing does
   */
  static Optional<Decision> fold(RowKey key, List<DecisionEntry> entries) {
    Set<Long> undone = undone(entries);
    DecisionFold fold = new DecisionFold();
    for (DecisionEntry entry : entries) {
      if (!entry.action().isHistory() && !undone.contains(entry.id())) {
        fold.add(entry);
      }
    }
    return fold.result(key);
  }

  private void add(DecisionEntry entry) {
    switch (entry.action()) {
      case ACCEPT, REJECT, SKIP, CLEAR -> verdict = entry.action().verdict();
      case PREFER -> preferred = entry.track();
      case EDIT -> {
        editedTrack = entry.track();
        editedText = entry.text();
      }
      case TAG, UNTAG -> tag(entry);
      case SPAN, UNSPAN -> span(entry);
      case UNDO, REDO -> throw new IllegalStateException("Left out by the caller");
    }
    switch (entry.action()) {
      case TAG, UNTAG, SPAN, UNSPAN -> lastNoted = entry;
      default -> lastDecided = entry;
    }
  }

  private void tag(DecisionEntry entry) {
    String tag = entry.text();
    if (tag == null) {
      return; // not written by Capbench
    }
    tags.remove(tag); // the latest spelling wins
    if (entry.action() == DecisionAction.TAG) {
      tags.add(tag);
    }
  }

  private void span(DecisionEntry entry) {
    Span place = entry.span();
    if (entry.track() == null || entry.text() == null || place == null) {
      return; // not written by Capbench
    }
    CaptionSpan span =
        new CaptionSpan(entry.track(), place.start(), place.end(), entry.text(), entry.annotator());
    spans.removeIf(span::sameAs);
    if (entry.action() == DecisionAction.SPAN) {
      spans.add(span);
    }
  }

  private Optional<Decision> result(RowKey key) {
    boolean decided = verdict != null || preferred != null || editedText != null;
    DecisionEntry last = decided ? lastDecided : lastNoted;
    if (last == null || !(decided || !tags.isEmpty() || !spans.isEmpty())) {
      return Optional.empty();
    }
    spans.sort(BY_PLACE);
    return Optional.of(
        new Decision(
            key,
            verdict,
            preferred,
            editedTrack,
            editedText,
            List.copyOf(tags),
            spans,
            last.annotator(),
            last.at()));
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
