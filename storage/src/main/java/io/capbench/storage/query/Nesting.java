package io.capbench.storage.query;

import io.capbench.storage.query.SqlToken.Kind;
import java.util.ArrayList;
import java.util.List;

/** Which pieces of an expression stand inside of brackets. */
final class Nesting {
  private final List<SqlToken> tokens;
  private final int[] depths;
  private final boolean balanced;

  Nesting(List<SqlToken> tokens) {
    this.tokens = tokens;
    depths = new int[tokens.size()];
    int depth = 0;
    boolean sound = true;
    for (int i = 0; i < depths.length; i++) {
      SqlToken token = tokens.get(i);
      if (isWordAt(i, "END") || closes(token)) {
        depth--;
      }
      sound &= depth >= 0 && token.kind() != Kind.BROKEN;
      depths[i] = depth;
      if (isWordAt(i, "CASE") || opens(token)) {
        depth++;
      }
    }
    balanced = sound && depth == 0;
  }

  private static boolean opens(SqlToken token) {
    return token.isSymbol("(") || token.isSymbol("[") || token.isSymbol("{");
  }

  private static boolean closes(SqlToken token) {
    return token.isSymbol(")") || token.isSymbol("]") || token.isSymbol("}");
  }

  /** Whether a token is that word of the language, and not a field of something. */
  private boolean isWordAt(int i, String word) {
    return tokens.get(i).isWord(word) && (i == 0 || !tokens.get(i - 1).isSymbol("."));
  }

  /** Whether that word stands outside of all brackets. */
  boolean has(String word) {
    for (int i = 0; i < depths.length; i++) {
      if (depths[i] == 0 && isWordAt(i, word)) {
        return true;
      }
    }
    return false;
  }

  /** What AND joins; all in one if something binds less than AND, or brackets do not match. */
  List<List<SqlToken>> parts() {
    if (!balanced || has("OR")) {
      return List.of(tokens);
    }
    List<List<SqlToken>> parts = new ArrayList<>();
    int start = 0;
    int ranges = 0;
    for (int i = 0; i < depths.length; i++) {
      if (depths[i] == 0 && isWordAt(i, "BETWEEN")) {
        ranges++;
      } else if (depths[i] == 0 && isWordAt(i, "AND")) {
        if (ranges > 0) {
          ranges--; // the AND of that BETWEEN
        } else {
          parts.add(tokens.subList(start, i));
          start = i + 1;
        }
      }
    }
    parts.add(tokens.subList(start, tokens.size()));
    return parts;
  }

  /** Whether the first and the last token are a pair of parentheses. */
  static boolean encloses(List<SqlToken> tokens) {
    int last = tokens.size() - 1;
    if (last < 1 || !tokens.get(0).isSymbol("(") || !tokens.get(last).isSymbol(")")) {
      return false;
    }
    Nesting nesting = new Nesting(tokens);
    for (int i = 1; i < last; i++) {
      if (nesting.depths[i] < 1) {
        return false;
      }
    }
    return nesting.balanced;
  }
}
