package io.capbench.engine.text;

import java.util.ArrayList;
import java.util.List;

/**
 * Cuts captions into sub-captions. Nothing but separators, white space around the parts and parts
 * without anything to read is left out; the parts are in order and do not overlap. Takes time in
 * proportion to the caption's length.
 */
public final class SubCaptions {
  private static final String END_OF_TEXT = "</s>";

  /** Line feed, carriage return, next line, line and paragraph separator. */
  private static final String LINE_BREAKS = "\n\r\u0085\u2028\u2029";

  private SubCaptions() {}

  /**
   * Cuts a caption.
   *
   * <p>{@link SubCaptionRule#DREAMLIP} is {@code split_caption} of DreamLIP's {@code
   * training/data.py}: {@code re.split(r'\n|</s>|[.]', text)}, stripped, without empty parts. The
   * full stop is not part of a sub-caption, and a decimal is cut in two. {@link
   * SubCaptionRule#SENTENCES} also cuts at the other ends of sentences, leaves the end with its
   * sentence, and drops parts of punctuation only.
   *
   * @return none for a blank caption
   */
  public static List<SubCaption> split(String caption, SubCaptionRule rule) {
    List<SubCaption> parts = new ArrayList<>();
    SentenceBreaks breaks = new SentenceBreaks(caption);
    int start = 0;
    int content = breaks.contentFrom(0);
    int i = 0;
    while (i < caption.length()) {
      int separator = separator(caption, i, rule);
      int end = i;
      if (separator > 0) {
        i += separator;
      } else if (rule == SubCaptionRule.SENTENCES && breaks.endsAt(content, i)) {
        i = breaks.afterEnd(i);
        end = i;
      } else {
        i++;
        continue;
      }
      if (content < end || rule == SubCaptionRule.DREAMLIP) {
        add(parts, caption, start, end);
      }
      start = i;
      content = content < i ? breaks.contentFrom(i) : content;
    }
    if (content < i || rule == SubCaptionRule.DREAMLIP) {
      add(parts, caption, start, i);
    }
    return List.copyOf(parts);
  }

  /** The length of the separator that begins at a place, or 0. */
  private static int separator(String caption, int at, SubCaptionRule rule) {
    char c = caption.charAt(at);
    if (caption.startsWith(END_OF_TEXT, at)) {
      return END_OF_TEXT.length();
    }
    boolean found =
        switch (rule) {
          case DREAMLIP -> c == '\n' || c == '.';
          case SENTENCES -> LINE_BREAKS.indexOf(c) >= 0;
        };
    return found ? 1 : 0;
  }

  private static void add(List<SubCaption> parts, String caption, int from, int to) {
    int start = from;
    int end = to;
    while (start < end && isSpace(caption.charAt(start))) {
      start++;
    }
    while (start < end && isSpace(caption.charAt(end - 1))) {
      end--;
    }
    if (start < end) {
      parts.add(new SubCaption(caption.substring(start, end), start, end));
    }
  }

  /** What Python's {@code str.strip} takes away: Java's white space and the spaces of no break. */
  static boolean isSpace(char c) {
    return Character.isWhitespace(c) || Character.isSpaceChar(c) || c == '\u0085';
  }
}
