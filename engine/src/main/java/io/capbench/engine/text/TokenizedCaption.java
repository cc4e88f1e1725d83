package io.capbench.engine.text;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A caption cut into tokens, and what it shares with another one. For one thread. */
final class TokenizedCaption {
  /** A caption that is absent. */
  static final TokenizedCaption ABSENT = new TokenizedCaption("", List.of(), List.of());

  /**
   * Neighbouring tokens that may be one number or code in another caption: 3 Star and 3-Star.
   *
   * @param first index of the first token
   * @param last index of the last token
   * @param key the key of the number or code
   */
  record Spelling(int first, int last, String key) {}

  private final String text;
  private final List<CaptionToken> tokens;
  private final List<Spelling> spellings;
  private @Nullable Set<String> keys;

  TokenizedCaption(String text, List<CaptionToken> tokens, List<Spelling> spellings) {
    this.text = text;
    this.tokens = tokens;
    this.spellings = spellings;
  }

  /** Made when it is needed: a fused caption's are not, if only shares are asked for. */
  private Set<String> keys() {
    Set<String> made = keys;
    if (made == null) {
      made = new HashSet<>(2 * (tokens.size() + spellings.size()));
      for (CaptionToken token : tokens) {
        made.add(token.key());
      }
      for (Spelling spelling : spellings) {
        made.add(spelling.key());
      }
      keys = made;
    }
    return made;
  }

  String text() {
    return text;
  }

  List<CaptionToken> tokens() {
    return tokens;
  }

  List<Spelling> spellings() {
    return spellings;
  }

  String textOf(CaptionToken token) {
    return text.substring(token.start(), token.end());
  }

  /** For each token, whether the other caption has it too. */
  boolean[] sharedWith(TokenizedCaption other) {
    Set<String> keys = other.keys();
    boolean[] shared = new boolean[tokens.size()];
    for (int i = 0; i < shared.length; i++) {
      shared[i] = keys.contains(tokens.get(i).key());
    }
    for (Spelling spelling : spellings) {
      if (keys.contains(spelling.key())) {
        for (int i = spelling.first(); i <= spelling.last(); i++) {
          shared[i] = true;
        }
      }
    }
    return shared;
  }
}
