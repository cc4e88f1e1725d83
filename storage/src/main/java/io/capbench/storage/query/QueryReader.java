package io.capbench.storage.query;

import io.capbench.storage.model.CaptionTrack;
import io.capbench.storage.query.SqlToken.Kind;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Finds the conditions and orders that have a form of their own in SQL text. */
final class QueryReader {
  private final List<CaptionTrack> tracks;

  QueryReader(List<CaptionTrack> tracks) {
    this.tracks = List.copyOf(tracks);
  }

  List<RowFilter> filters(String sql) {
    return parts(sql).stream().map(this::filter).toList();
  }

  /** Whether it may stand between ANDs without parentheses around it. */
  static boolean standsBesideOthers(String sql) {
    List<SqlToken> tokens = SqlToken.of(sql);
    return tokens.stream().noneMatch(token -> token.kind() == Kind.COMMENT)
        && new Nesting(tokens).parts().size() == 1
        && !new Nesting(tokens).has("OR");
  }

  static boolean endsInComment(String sql) {
    List<SqlToken> tokens = SqlToken.of(sql);
    return !tokens.isEmpty() && isLineComment(tokens.get(tokens.size() - 1));
  }

  private static boolean isLineComment(SqlToken token) {
    return token.kind() == Kind.COMMENT && token.text().startsWith("--");
  }

  private static List<String> parts(String sql) {
    List<SqlToken> tokens = SqlToken.of(sql);
    if (tokens.isEmpty()) {
      return List.of();
    }
    Nesting nesting = new Nesting(tokens);
    List<String> parts = new ArrayList<>();
    for (List<SqlToken> part : nesting.parts()) {
      if (part.isEmpty()) {
        return List.of(sql.strip()); // an AND that joins nothing
      }
      parts.add(sql.substring(part.get(0).start(), part.get(part.size() - 1).end()));
    }
    return parts;
  }

  /** What one part says; its own conditions joined by AND stay together. */
  private RowFilter filter(String part) {
    List<SqlToken> tokens = SqlToken.of(part);
    RowFilter known = new FormReader(tokens, tracks).filter();
    if (known != null) {
      return known;
    }
    RowFilter negated = negated(part, tokens);
    if (negated != null) {
      return negated;
    }
    String inside = inside(part, tokens, tokens.size());
    return new RowFilter.Sql(inside == null ? part : inside);
  }

  private @Nullable RowFilter negated(String part, List<SqlToken> tokens) {
    int end = tokens.size() - 3;
    if (end < 2
        || !tokens.get(end).isWord("IS")
        || !tokens.get(end + 1).isWord("NOT")
        || !tokens.get(end + 2).isWord("TRUE")) {
      return null;
    }
    String inside = inside(part, tokens, end);
    if (inside == null) {
      return null;
    }
    List<String> parts = parts(inside);
    return new RowFilter.Not(parts.size() == 1 ? filter(parts.get(0)) : new RowFilter.Sql(inside));
  }

  /** What the parentheses around the tokens before the end hold; null if there are none. */
  private static @Nullable String inside(String part, List<SqlToken> tokens, int end) {
    if (end < 3 || !Nesting.encloses(tokens.subList(0, end))) {
      return null;
    }
    String inside = part.substring(tokens.get(0).end(), tokens.get(end - 1).start());
    boolean ended = isLineComment(tokens.get(end - 2)) && inside.endsWith("\n");
    return ended ? inside.substring(0, inside.length() - 1) : inside;
  }

  RowOrder order(String sql) {
    RowOrder known = new FormReader(SqlToken.of(sql), tracks).order();
    return known == null ? new RowOrder.Sql(sql) : known;
  }
}
