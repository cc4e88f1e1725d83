package io.capbench.viewer.caption;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * A caption as it is shown.
 *
 * @param text the text to show; control characters are made visible, each by one character, so that
 *     offsets stay those of the caption
 * @param marks marks in the order of the text, inside it
 */
public record MarkedCaption(String text, List<Mark> marks) {
  private static final int FIRST_CONTROL_PICTURE = 0x2400;
  private static final char DELETE_PICTURE = '\u2421';
  private static final char DELETE = 0x7F;

  public MarkedCaption {
    text = visible(text);
    marks = List.copyOf(marks);
  }

  /** A caption without marks. */
  public static MarkedCaption plain(String text) {
    return new MarkedCaption(text, List.of());
  }

  /**
   * The beginning of this caption, ending with an ellipsis if something is missing. A place that
   * shows a few lines must not lay out a hundred thousand characters.
   *
   * @param length UTF-16 characters to keep at most, without splitting a surrogate pair
   */
  public MarkedCaption head(int length) {
    if (text.length() <= length) {
      return this;
    }
    boolean split = length > 0 && Character.isHighSurrogate(text.charAt(length - 1));
    int end = split ? length - 1 : length;
    List<Mark> before =
        marks.stream()
            .filter(mark -> mark.start() < end)
            .map(mark -> new Mark(mark.start(), Math.min(mark.end(), end), mark.kind()))
            .toList();
    return new MarkedCaption(text.substring(0, end) + "…", before);
  }

  /**
   * This caption with a mark on every place that contains the words, whatever their case.
   *
   * @param words what was searched for; blank marks nothing
   */
  public MarkedCaption withHits(String words) {
    if (words.isBlank()) {
      return this;
    }
    List<Mark> all = new ArrayList<>(marks);
    int last = text.length() - words.length();
    for (int at = 0; at <= last; at++) {
      if (text.regionMatches(true, at, words, 0, words.length())) {
        all.add(new Mark(at, at + words.length(), MarkKind.HIT));
        at += words.length() - 1;
      }
    }
    all.sort(Comparator.comparingInt(Mark::start));
    return new MarkedCaption(text, all);
  }

  /** This caption with more marks; those that do not lie in the text are left out. */
  public MarkedCaption with(List<Mark> more) {
    List<Mark> inside =
        more.stream().filter(mark -> mark.start() >= 0 && mark.end() <= text.length()).toList();
    if (inside.isEmpty()) {
      return this;
    }
    List<Mark> all = new ArrayList<>(marks);
    all.addAll(inside);
    all.sort(Comparator.comparingInt(Mark::start));
    return new MarkedCaption(text, all);
  }

  /**
   * A part of this caption, with what of the marks lies in it.
   *
   * @param start UTF-16 position of its first character
   * @param end position after its last character, at most the length
   */
  public MarkedCaption part(int start, int end) {
    List<Mark> inside = new ArrayList<>();
    for (Mark mark : marks) {
      int from = Math.max(start, mark.start());
      int to = Math.min(end, mark.end());
      if (from < to) {
        inside.add(new Mark(from - start, to - start, mark.kind()));
      }
    }
    return new MarkedCaption(text.substring(start, end), inside);
  }

  private static String visible(String text) {
    StringBuilder changed = null;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      char shown = c;
      if (c < ' ' && c != '\n' && c != '\t') {
        shown = (char) (FIRST_CONTROL_PICTURE + c);
      } else if (c == DELETE) {
        shown = DELETE_PICTURE;
      }
      if (shown != c) {
        changed = changed == null ? new StringBuilder(text) : changed;
        changed.setCharAt(i, shown);
      }
    }
    return changed == null ? text : changed.toString();
  }
}
