package io.capbench.engine.tokenizer;

import java.util.ArrayList;
import java.util.List;

/**
 * A token before it has its place.
 *
 * @param id its number
 * @param start UTF-16 position in the caption as it was given; -1 if it stands for no characters
 * @param end after its last character
 */
record Token(int id, int start, int end) {
  private static final int CLIPS_BEGIN = 1;
  private static final int CLIPS_END = 2;
  private static final int CLIPS_CLASS = 101;

  /** What a tokenizer puts around a caption. */
  static Token mark(int id) {
    return new Token(id, -1, -1);
  }

  private boolean isMark() {
    return start < 0;
  }

  /**
   * Tokens with their marks around them, and zeros; what is too long keeps its last mark.
   *
   * @param contextLength L
   */
  static EncodedCaption between(List<Token> tokens, int contextLength) {
    boolean truncated = tokens.size() > contextLength;
    List<Token> kept = tokens;
    if (truncated) {
      kept = new ArrayList<>(tokens.subList(0, contextLength));
      Token last = tokens.get(tokens.size() - 1);
      if (last.isMark()) {
        kept.set(contextLength - 1, last);
      }
    }
    return place(kept, new int[contextLength], 0, Math.max(0, kept.size() - 1), truncated);
  }

  /**
   * As CLIPS's tokenizer.py lays them out: 1, tokens, 2, zeros, and 101 in the last place.
   *
   * @param tokens without marks
   * @param contextLength L, at least 3
   */
  static EncodedCaption forClips(List<Token> tokens, int contextLength) {
    int room = contextLength - 3;
    List<Token> kept = tokens.subList(0, Math.min(room, tokens.size()));
    int[] ids = new int[contextLength];
    ids[0] = CLIPS_BEGIN;
    ids[kept.size() + 1] = CLIPS_END;
    ids[contextLength - 1] = CLIPS_CLASS;
    return place(kept, ids, 1, kept.size() + 1, tokens.size() > room);
  }

  private static EncodedCaption place(
      List<Token> tokens, int[] ids, int from, int end, boolean truncated) {
    List<TokenSpan> spans = new ArrayList<>();
    for (int i = 0; i < tokens.size(); i++) {
      Token token = tokens.get(i);
      ids[from + i] = token.id;
      if (!token.isMark()) {
        spans.add(new TokenSpan(from + i, token.start, token.end));
      }
    }
    return new EncodedCaption(ids, end, truncated, spans);
  }
}
