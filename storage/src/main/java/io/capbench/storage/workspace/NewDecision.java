package io.capbench.storage.workspace;

import io.capbench.storage.model.CaptionRow;
import io.capbench.storage.model.Verdict;
import org.jspecify.annotations.Nullable;

/**
 * What a person just did to a row, to be appended to the log. Undo and redo have methods of their
 * own in {@link DecisionLog}.
 *
 * @param row the row as the person saw it
 * @param annotator who; not blank
 * @param action what was done
 * @param track the preferred or edited track; null where the action has none
 * @param text the caption the person wrote; null where the action has none
 * @param span the part of the track's text that it is about, or null
 * @param note a remark, or null
 */
public record NewDecision(
    CaptionRow row,
    String annotator,
    DecisionAction action,
    @Nullable String track,
    @Nullable String text,
    @Nullable Span span,
    @Nullable String note) {

  public NewDecision {
    if (annotator.isBlank()) {
      throw new IllegalArgumentException("A decision needs the name of the person who took it");
    }
    if (action.isHistory()) {
      throw new IllegalArgumentException("The log itself writes " + action.id() + " entries");
    }
    if (action == DecisionAction.EDIT && (track == null) != (text == null)) {
      throw new IllegalArgumentException("An edit needs both a track and a text, or neither");
    }
    if (action != DecisionAction.EDIT && text != null) {
      throw new IllegalArgumentException("Only an edit has a text, not " + action.id());
    }
    if (text != null && text.isBlank()) {
      throw new IllegalArgumentException("A written caption is not blank; withdraw the edit");
    }
  }

  /** Accepts the row. */
  public static NewDecision accept(CaptionRow row, String annotator) {
    return plain(row, annotator, DecisionAction.ACCEPT);
  }

  /** Rejects the row. */
  public static NewDecision reject(CaptionRow row, String annotator) {
    return plain(row, annotator, DecisionAction.REJECT);
  }

  /** Leaves the row for later. */
  public static NewDecision skip(CaptionRow row, String annotator) {
    return plain(row, annotator, DecisionAction.SKIP);
  }

  /** Takes the verdict back. */
  public static NewDecision clear(CaptionRow row, String annotator) {
    return plain(row, annotator, DecisionAction.CLEAR);
  }

  /** Gives the row that verdict, or takes its verdict back if it is null. */
  public static NewDecision verdict(CaptionRow row, String annotator, @Nullable Verdict verdict) {
    if (verdict == null) {
      return clear(row, annotator);
    }
    return switch (verdict) {
      case ACCEPTED -> accept(row, annotator);
      case REJECTED -> reject(row, annotator);
      case SKIPPED -> skip(row, annotator);
    };
  }

  /** Prefers the caption of one track; null takes the preference back. */
  public static NewDecision prefer(CaptionRow row, String annotator, @Nullable String track) {
    return new NewDecision(row, annotator, DecisionAction.PREFER, track, null, null, null);
  }

  /** Writes a caption, starting from that track's. */
  public static NewDecision edit(CaptionRow row, String annotator, String track, String text) {
    return new NewDecision(row, annotator, DecisionAction.EDIT, track, text, null, null);
  }

  /** Withdraws the caption that was written. */
  public static NewDecision withdrawEdit(CaptionRow row, String annotator) {
    return plain(row, annotator, DecisionAction.EDIT);
  }

  /** The same with a remark. */
  public NewDecision withNote(@Nullable String remark) {
    return new NewDecision(row, annotator, action, track, text, span, remark);
  }

  private static NewDecision plain(CaptionRow row, String annotator, DecisionAction action) {
    return new NewDecision(row, annotator, action, null, null, null, null);
  }
}
