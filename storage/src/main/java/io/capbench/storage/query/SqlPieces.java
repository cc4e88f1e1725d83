package io.capbench.storage.query;

import io.capbench.storage.model.CaptionTrack;
import io.capbench.storage.query.SqlToken.Kind;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Takes SQL text piece by piece. Every method takes what it names, or takes nothing that matters
 * and says false or null: what follows then is of no form. Used once.
 */
final class SqlPieces {
  private static final Set<String> NON_FINITE = Set.of("NaN", "Infinity", "-Infinity");

  private final List<SqlToken> tokens;
  private final List<CaptionTrack> tracks;
  private int next;

  SqlPieces(List<SqlToken> tokens, List<CaptionTrack> tracks) {
    this.tokens = List.copyOf(tokens);
    this.tracks = tracks;
  }

  /** Whether everything was taken. */
  boolean ended() {
    return next == tokens.size();
  }

  /** How much was taken, to come back to. */
  int mark() {
    return next;
  }

  void back(int mark) {
    next = mark;
  }

  boolean word(String word) {
    boolean found = next < tokens.size() && tokens.get(next).isWord(word);
    next += found ? 1 : 0;
    return found;
  }

  boolean words(String... expected) {
    int before = next;
    for (String word : expected) {
      if (!word(word)) {
        next = before;
        return false;
      }
    }
    return true;
  }

  boolean symbol(String symbol) {
    boolean found = next < tokens.size() && tokens.get(next).isSymbol(symbol);
    next += found ? 1 : 0;
    return found;
  }

  boolean call(String function) {
    int before = next;
    boolean found = word(function) && symbol("(");
    next = found ? next : before;
    return found;
  }

  /** The field of something that Capbench adds, which is never written in quotes. */
  @Nullable String added(String struct) {
    int before = next;
    String field = word(struct) && symbol(".") ? taken(Kind.NAME, Kind.QUOTED_NAME) : null;
    if (field == null) {
      next = before;
    }
    return field;
  }

  /** The name of a column of the dataset. */
  @Nullable String name() {
    if (next < tokens.size() && tokens.get(next).kind() == Kind.NAME) {
      String name = tokens.get(next).text();
      // Words of the language and what Capbench adds are columns only in quotes.
      return SqlNames.column(name).equals(name) ? taken(Kind.NAME) : null;
    }
    return taken(Kind.QUOTED_NAME);
  }

  @Nullable String track() {
    String column = name();
    return column == null ? null : trackOf(column).orElse(null);
  }

  Optional<String> trackOf(String column) {
    return tracks.stream()
        .filter(track -> track.column().equalsIgnoreCase(column))
        .map(CaptionTrack::name)
        .findFirst();
  }

  @Nullable String taken(Kind... kinds) {
    if (next < tokens.size() && List.of(kinds).contains(tokens.get(next).kind())) {
      return tokens.get(next++).text();
    }
    return null;
  }

  /** A string, or strings and characters 0 joined in parentheses. */
  @Nullable String string() {
    if (!symbol("(")) {
      return taken(Kind.STRING);
    }
    StringBuilder joined = new StringBuilder();
    do {
      if (call("chr")) {
        if (!"0".equals(taken(Kind.NUMBER)) || !symbol(")")) {
          return null;
        }
        joined.append('\0');
      } else {
        String part = taken(Kind.STRING);
        if (part == null) {
          return null;
        }
        joined.append(part);
      }
    } while (symbol("||"));
    return symbol(")") ? joined.toString() : null;
  }

  /** What is looked for by ILIKE '%...%'; null if it is another pattern. */
  @Nullable String likeText() {
    String pattern = word("ILIKE") ? string() : null;
    if (pattern == null) {
      return null;
    }
    char escape = 0;
    boolean escaping = word("ESCAPE");
    if (escaping) {
      String character = string();
      if (character == null || character.length() != 1 || "%_".contains(character)) {
        return null;
      }
      escape = character.charAt(0);
    }
    int last = pattern.length() - 1;
    if (last < 1 || pattern.charAt(0) != '%' || pattern.charAt(last) != '%') {
      return null;
    }
    StringBuilder text = new StringBuilder();
    for (int i = 1; i < last; i++) {
      char c = pattern.charAt(i);
      if (escaping && c == escape) {
        if (++i == last) {
          return null;
        }
        text.append(pattern.charAt(i));
      } else if (c == '%' || c == '_') {
        return null;
      } else {
        text.append(c);
      }
    }
    return text.toString();
  }

  @Nullable Comparison comparison() {
    for (Comparison comparison : Comparison.values()) {
      if (symbol(comparison.sql())) {
        return comparison;
      }
    }
    return null;
  }

  @Nullable Long whole() {
    String sign = symbol("-") ? "-" : "";
    String digits = taken(Kind.NUMBER);
    try {
      return digits == null ? null : Long.valueOf(sign + digits);
    } catch (NumberFormatException e) {
      return null; // too large, or with a fraction
    }
  }

  @Nullable Double number() {
    if (next < tokens.size() && tokens.get(next).kind() == Kind.STRING) {
      String text = tokens.get(next++).text();
      return NON_FINITE.contains(text) && symbol("::") && word("DOUBLE")
          ? Double.valueOf(text)
          : null;
    }
    String sign = symbol("-") ? "-" : "";
    String digits = taken(Kind.NUMBER);
    try {
      return digits == null ? null : Double.valueOf(sign + digits);
    } catch (NumberFormatException e) {
      return null;
    }
  }
}
