package io.capbench.engine.text;

import java.util.List;

/**
 * Whether a caption breaks off. A generation that reaches its longest length stops in the middle of
 * a sentence, often of a word. Titles and short captions have no full stop either, so its absence
 * alone says little: a caption counts as truncated only if it also is as long as a caption that was
 * cut, or ends in something that no sentence and no title ends in, such as a comma, "with" or
 * "the".
 */
final class SentenceEnd {
  /** The fuser's longest answers have 50 to 90 tokens; 30 words are too long for a title. */
  private static final int WORDS_OF_A_CUT_CAPTION = 30;

  private static final String ENDS = ".!?…。！？｡।؟";
  private static final String CLOSING = "\"'”’»)]}*_`";

  /** Behind a quotation or a remark in brackets people often leave the full stop out. */
  private static final String CLOSED = "\"”»)]}";

  private static final String DANGLING = ",;(-–—&/";

  /** Function words that can end a title: what it is about, "Come On In", "Who We Are". */
  private static final List<String> LAST_WORDS =
      List.of("the", "a", "an", "and", "or", "of", "with", "from", "as", "which", "its", "their");

  private SentenceEnd() {}

  static boolean isMissing(TokenizedCaption caption) {
    String text = caption.text().stripTrailing();
    int end = text.length();
    while (end > 0 && CLOSING.indexOf(text.charAt(end - 1)) >= 0) {
      end--;
    }
    if (end == 0 || ENDS.indexOf(text.charAt(end - 1)) >= 0) {
      return false;
    }
    List<CaptionToken> tokens = caption.tokens();
    boolean closed = CLOSED.indexOf(text.charAt(text.length() - 1)) >= 0;
    if (tokens.size() >= WORDS_OF_A_CUT_CAPTION) {
      return !closed;
    }
    CaptionToken last = tokens.get(tokens.size() - 1);
    boolean dangling =
        DANGLING.indexOf(text.charAt(end - 1)) >= 0
            || (last.end() == end
                && !last.isContent()
                && LAST_WORDS.contains(caption.textOf(last)));
    return !closed && dangling && tokens.size() > 1;
  }
}
