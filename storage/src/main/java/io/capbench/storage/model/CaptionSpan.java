package io.capbench.storage.model;

/**
 * Words of a caption that a person marked, such as words that the image contradicts.
 *
 * @param track name of the caption track
 * @param start UTF-16 position of the first character in that track's caption, from 0
 * @param end UTF-16 position after the last character
 * @param type id of what is said of the words, such as {@code object}
 * @param annotator who marked them last
 */
public record CaptionSpan(String track, int start, int end, String type, String annotator) {

  /** Whether the other says the same of the same words, whoever marked them. */
  public boolean sameAs(CaptionSpan other) {
    return track.equals(other.track)
        && start == other.start
        && end == other.end
        && type.equals(other.type);
  }
}
