package io.capbench.storage.workspace;

import io.capbench.storage.model.Verdict;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What a person did to a row. */
public enum DecisionAction {
  ACCEPT(Verdict.ACCEPTED),
  REJECT(Verdict.REJECTED),
  SKIP(Verdict.SKIPPED),
  /** Takes the verdict back; preference and written caption stay. */
  CLEAR(null),
  /** Wrote a caption, or, without a text, withdrew the one that was written. */
  EDIT(null),
  /** Preferred a track, or, without a track, took the preference back. */
  PREFER(null),
  /** Gave the row a tag: its text. */
  TAG(null),
  /** Took a tag from the row: its text, in whatever case. */
  UNTAG(null),
  /** Marked a span of a track's caption as what the text names. */
  SPAN(null),
  /** Took back what the text names from the same span of the same track. */
  UNSPAN(null),
  /** Takes an earlier entry back: its reference. */
  UNDO(null),
  /** Takes an undo back: its reference. */
  REDO(null);

  private final @Nullable Verdict verdict;

  DecisionAction(@Nullable Verdict verdict) {
    this.verdict = verdict;
  }

  /** The verdict that this action gives, or null if it gives none. */
  public @Nullable Verdict verdict() {
    return verdict;
  }

  /** Whether it takes another entry back instead of saying something of the row. */
  public boolean isHistory() {
    return this == UNDO || this == REDO;
  }

  /** The word for this action in the log, in JSON and on the command line. */
  public String id() {
    return name().toLowerCase(Locale.ROOT);
  }

  /**
   * The action with that {@link #id}.
   *
   * @throws IllegalArgumentException if there is none, naming those that exist
   */
  public static DecisionAction of(String id) {
    for (DecisionAction action : values()) {
      if (action.id().equals(id)) {
        return action;
      }
    }
    throw new IllegalArgumentException(
        "No action is called \""
            + id
            + "\"; there are "
            + Arrays.stream(values()).map(DecisionAction::id).collect(Collectors.joining(", ")));
  }
}
