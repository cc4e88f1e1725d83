package io.capbench.storage.workspace;

import io.capbench.storage.model.CaptionRow;
import io.capbench.storage.model.Verdict;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What a person just did to a row, to be appended to the log. Undo and redo have methods of their
 * own in {@link DecisionLog}.
 *
 * @param row the row as the person saw it
 * @param annotator who; not blank
 * @param action what was done
 * @param track the preferred, edited or marked track; null where the action has none
 * @param text the caption the person wrote, the tag, or the id of the span's type; null where the
 *     action has none
 * @param span the part of the track's caption that it is about, or null
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
  private static final int TAG_LENGTH = 40;
  private static final Pattern TYPE = Pattern.compile("[A-Za-z0-9_-]{1,40}");

  private static final Set<Byte> CONTROL_TYPES =
      Set.of(
          Character.CONTROL,
          Character.SURROGATE,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR);

  public NewDecision {
    if (annotator.isBlank()) {
      throw new IllegalArgumentException("A decision needs the name of the person who took it");
    }
    if (action.isHistory()) {
      throw new IllegalArgumentException("The log itself writes " + action.id() + " entries");
    }
    switch (action) {
      case EDIT -> checkEdit(track, text);
      case TAG, UNTAG -> checkTag(text);
      case SPAN, UNSPAN -> checkSpan(row, track, text, span);
      default -> {
        if (text != null) {
          throw new IllegalArgumentException("No text is kept with " + action.id());
        }
      }
    }
  }

  private static void checkEdit(@Nullable String track, @Nullable String text) {
    if ((track == null) != (text == null)) {
      throw new IllegalArgumentException("An edit needs both a track and a text, or neither");
    }
    if (text != null && text.isBlank()) {
      throw new IllegalArgumentException("A written caption is not blank; withdraw the edit");
    }
  }

  private static void checkTag(@Nullable String text) {
    if (text == null || !text.equals(text.strip())) {
      throw new IllegalArgumentException("A tag is a text without spaces around it");
    }
    tagProblem(text)
        .ifPresent(
            problem -> {
              throw new IllegalArgumentException(problem);
            });
  }

  private static void checkSpan(
      CaptionRow row, @Nullable String track, @Nullable String type, @Nullable Span span) {
    String caption = track == null ? null : row.caption(track);
    if (caption == null || span == null) {
      throw new IllegalArgumentException("A span needs a track that has a caption, and a place");
    }
    if (span.start() == span.end() || span.end() > caption.length()) {
      throw new IllegalArgumentException(
          "The caption in " + track + " has " + caption.length() + " characters, not " + span);
    }
    if (type == null || !TYPE.matcher(type).matches()) {
      throw new IllegalArgumentException(
          "The type of a span is 1 to 40 letters, digits, _ or -, not " + type);
    }
  }

  /**
   * Why a text cannot be a tag.
   *
   * @param tag without spaces around it
   * @return a sentence for the person who wrote it, or empty if it can
   */
  public static Optional<String> tagProblem(String tag) {
    if (tag.isEmpty()) {
      return Optional.of("A tag cannot be empty.");
    }
    if (tag.codePointCount(0, tag.length()) > TAG_LENGTH) {
      return Optional.of("A tag has at most " + TAG_LENGTH + " characters.");
    }
    boolean control =
        tag.codePoints()
            .mapToObj(Character::getType)
            .anyMatch(type -> CONTROL_TYPES.contains(type.byteValue()));
    return control
        ? Optional.of("A tag cannot have line breaks or other control characters in it.")
        : Optional.empty();
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

  /**
   * Gives the row a tag. A tag it has already in another case is spelt so from now on.
   *
   * @param tag 1 to 40 characters without control characters; spaces around it are left out
   */
  public static NewDecision tag(CaptionRow row, String annotator, String tag) {
    return new NewDecision(row, annotator, DecisionAction.TAG, null, tag.strip(), null, null);
  }

  /** Takes a tag from the row, in whatever case it has it. */
  public static NewDecision untag(CaptionRow row, String annotator, String tag) {
    return new NewDecision(row, annotator, DecisionAction.UNTAG, null, tag.strip(), null, null);
  }

  /**
   * Marks words of a caption.
   *
   * @param track the track whose caption it is
   * @param span where the words are in it
   * @param type id of what is said of them
   */
  public static NewDecision span(
      CaptionRow row, String annotator, String track, Span span, String type) {
    return new NewDecision(row, annotator, DecisionAction.SPAN, track, type, span, null);
  }

  /** Takes back what {@link #span} said of the same words. */
  public static NewDecision unspan(
      CaptionRow row, String annotator, String track, Span span, String type) {
    return new NewDecision(row, annotator, DecisionAction.UNSPAN, track, type, span, null);
  }

  /** The same with a remark. */
  public NewDecision withNote(@Nullable String remark) {
    return new NewDecision(row, annotator, action, track, text, span, remark);
  }

  private static NewDecision plain(CaptionRow row, String annotator, DecisionAction action) {
    return new NewDecision(row, annotator, action, null, null, null, null);
  }
}
