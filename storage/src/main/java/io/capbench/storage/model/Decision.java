package io.capbench.storage.model;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What holds for a row after everything that people did to it: the current view of the log. A row
 * that is only tagged, or has only spans marked, is not {@link #decided}.
 *
 * @param key the row
 * @param verdict the last verdict, or null if there is none
 * @param preferredTrack the name of the caption track that was preferred, or null
 * @param editedTrack the name of the track whose text was edited, or null
 * @param editedText the caption a person wrote, or null
 * @param tags the row's tags in alphabetic order, none twice in whatever case
 * @param spans words of its captions that were marked, by track and place
 * @param annotator who decided last; if nothing is decided, who tagged or marked it last
 * @param at when, to the millisecond
 */
public record Decision(
    RowKey key,
    @Nullable Verdict verdict,
    @Nullable String preferredTrack,
    @Nullable String editedTrack,
    @Nullable String editedText,
    List<String> tags,
    List<CaptionSpan> spans,
    String annotator,
    Instant at) {

  public Decision {
    tags = List.copyOf(tags);
    spans = List.copyOf(spans);
  }

  /** A decision without tags and spans. */
  public Decision(
      RowKey key,
      @Nullable Verdict verdict,
      @Nullable String preferredTrack,
      @Nullable String editedTrack,
      @Nullable String editedText,
      String annotator,
      Instant at) {
    this(
        key, verdict, preferredTrack, editedTrack, editedText, List.of(), List.of(), annotator, at);
  }

  /** Whether there is a verdict, a preferred track or a written caption. */
  public boolean decided() {
    return verdict != null || preferredTrack != null || editedText != null;
  }

  /** Whether the row has that tag, in whatever case. */
  public boolean tagged(String tag) {
    return tags.stream().anyMatch(tag::equalsIgnoreCase);
  }
}
