package io.capbench.storage.query;

import java.util.ArrayList;
import java.util.List;

/**
 * A piece of SQL text. White space between pieces is none of them.
 *
 * @param kind what it is
 * @param start its first character in the text
 * @param end the character after its last
 * @param text a name as it is written, a string or quoted name without its quotes, a symbol
 */
public record SqlToken(Kind kind, int start, int end, String text) {
  /** What a piece of SQL is. */
  public enum Kind {
    /** A word without quotes: a name, a function or a word of the language. */
    NAME,
    /** A name in double quotes. */
    QUOTED_NAME,
    STRING,
    NUMBER,
    /** An operator, a comma or a bracket. */
    SYMBOL,
    /** To the end of the line, or between slashes and stars. */
    COMMENT,
    /** A string with backslashes or dollars, or a parameter. */
    OTHER,
    /** A quote or a comment that does not end. */
    BROKEN
  }

  private static final List<String> LONG_SYMBOLS =
      List.of("!~~*", "!~~", "~~*", "->>", "::", "<=", ">=", "<>", "!=", "||", ":=", "->", "~~");

  /** Whether it is that word, in whatever case and without quotes. */
  public boolean isWord(String word) {
    return kind == Kind.NAME && text.equalsIgnoreCase(word);
  }

  /** Whether it names something so called, as DuckDB compares names. */
  public boolean isName(String name) {
    return (kind == Kind.NAME || kind == Kind.QUOTED_NAME) && text.equalsIgnoreCase(name);
  }

  /** Whether it is that symbol. */
  public boolean isSymbol(String symbol) {
    return kind == Kind.SYMBOL && text.equals(symbol);
  }

  /** Cuts any text into pieces, as DuckDB would. Never fails. */
  public static List<SqlToken> of(String sql) {
    List<SqlToken> tokens = new ArrayList<>();
    int i = 0;
    while (i < sql.length()) {
      if (isSpace(sql.charAt(i))) {
        i++;
      } else {
        SqlToken token = at(sql, i);
        tokens.add(token);
        i = token.end();
      }
    }
    return tokens;
  }

  private static SqlToken at(String sql, int start) {
    char c = sql.charAt(start);
    if (c == '\'' || c == '"') {
      return quoted(sql, start, c);
    }
    if (sql.startsWith("--", start)) {
      int end = start;
      while (end < sql.length() && sql.charAt(end) != '\n' && sql.charAt(end) != '\r') {
        end++;
      }
      return plain(sql, Kind.COMMENT, start, end);
    }
    if (sql.startsWith("/*", start)) {
      return blockComment(sql, start);
    }
    if ((c == 'e' || c == 'E') && charAt(sql, start + 1) == '\'') {
      return escaped(sql, start);
    }
    if (c == '$') {
      return dollars(sql, start);
    }
    if (isDigit(c) || (c == '.' && isDigit(charAt(sql, start + 1)))) {
      return number(sql, start);
    }
    if (isNameStart(c)) {
      int end = start + 1;
      while (isNamePart(charAt(sql, end))) {
        end++;
      }
      return plain(sql, Kind.NAME, start, end);
    }
    for (String symbol : LONG_SYMBOLS) {
      if (sql.startsWith(symbol, start)) {
        return plain(sql, Kind.SYMBOL, start, start + symbol.length());
      }
    }
    return plain(sql, Kind.SYMBOL, start, start + 1);
  }

  private static SqlToken quoted(String sql, int start, char quote) {
    StringBuilder text = new StringBuilder();
    for (int i = start + 1; i < sql.length(); i++) {
      if (sql.charAt(i) == quote) {
        if (charAt(sql, i + 1) != quote) {
          Kind kind = quote == '"' ? Kind.QUOTED_NAME : Kind.STRING;
          return new SqlToken(kind, start, i + 1, text.toString());
        }
        i++;
      }
      text.append(sql.charAt(i));
    }
    return plain(sql, Kind.BROKEN, start, sql.length());
  }

  private static SqlToken escaped(String sql, int start) {
    for (int i = start + 2; i < sql.length(); i++) {
      if (sql.charAt(i) == '\\') {
        i++;
      } else if (sql.charAt(i) == '\'') {
        if (charAt(sql, i + 1) != '\'') {
          return plain(sql, Kind.OTHER, start, i + 1);
        }
        i++;
      }
    }
    return plain(sql, Kind.BROKEN, start, sql.length());
  }

  private static SqlToken dollars(String sql, int start) {
    int tagEnd = start + 1;
    while (isNamePart(charAt(sql, tagEnd)) && charAt(sql, tagEnd) != '$') {
      tagEnd++;
    }
    if (charAt(sql, tagEnd) != '$') {
      return plain(sql, Kind.OTHER, start, Math.max(start + 1, tagEnd));
    }
    String tag = sql.substring(start, tagEnd + 1);
    int close = sql.indexOf(tag, tagEnd + 1);
    return close < 0
        ? plain(sql, Kind.BROKEN, start, sql.length())
        : plain(sql, Kind.OTHER, start, close + tag.length());
  }

  // They nest, as in DuckDB.
  private static SqlToken blockComment(String sql, int start) {
    int depth = 1;
    int i = start + 2;
    while (i < sql.length() && depth > 0) {
      boolean opens = sql.startsWith("/*", i);
      boolean closes = sql.startsWith("*/", i);
      depth += opens ? 1 : closes ? -1 : 0;
      i += opens || closes ? 2 : 1;
    }
    return plain(sql, depth == 0 ? Kind.COMMENT : Kind.BROKEN, start, i);
  }

  private static SqlToken number(String sql, int start) {
    int end = start;
    while (isDigit(charAt(sql, end)) || charAt(sql, end) == '.' || charAt(sql, end) == '_') {
      end++;
    }
    if (charAt(sql, end) == 'e' || charAt(sql, end) == 'E') {
      char sign = charAt(sql, end + 1);
      int digits = sign == '+' || sign == '-' ? end + 2 : end + 1;
      if (isDigit(charAt(sql, digits))) {
        end = digits;
        while (isDigit(charAt(sql, end))) {
          end++;
        }
      }
    }
    return plain(sql, Kind.NUMBER, start, end);
  }

  private static SqlToken plain(String sql, Kind kind, int start, int end) {
    return new SqlToken(kind, start, end, sql.substring(start, end));
  }

  private static char charAt(String sql, int i) {
    return i < sql.length() ? sql.charAt(i) : ' ';
  }

  // The spaces of Unicode too: DuckDB takes them for plain ones.
  private static boolean isSpace(char c) {
    return Character.isWhitespace(c) || Character.isSpaceChar(c);
  }

  private static boolean isDigit(char c) {
    return c >= '0' && c <= '9';
  }

  private static boolean isNameStart(char c) {
    return (c >= 'a' && c <= 'z')
        || (c >= 'A' && c <= 'Z')
        || c == '_'
        || (c >= 0x80 && !isSpace(c));
  }

  private static boolean isNamePart(char c) {
    return isNameStart(c) || isDigit(c) || c == '$';
  }
}
