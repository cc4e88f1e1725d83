package io.capbench.viewer.dataset;

import io.capbench.storage.model.ColumnInfo;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/**
 * Completes the name at the end of an SQL expression: of a column, or of what Capbench adds to
 * them.
 *
 * @param columns the dataset's columns
 */
record SqlCompletion(List<ColumnInfo> columns) {
  private static final List<String> ADDED =
      List.of(
          "decision.verdict",
          "decision.preferred",
          "decision.edited",
          "decision.annotator",
          "decision.at",
          "decision.tags",
          "decision.span_types",
          "provenance.raw",
          "provenance.synthetic",
          "provenance.both",
          "provenance.neither",
          "provenance.content_words",
          "flags.prompt_leak",
          "flags.invented_number",
          "flags.empty",
          "flags.truncated",
          "flags.concatenation",
          "flags.mismatched_parents",
          "image_status",
          "similarity.",
          "words(");
  private static final int AT_MOST = 12;

  SqlCompletion {
    columns = List.copyOf(columns);
  }

  /**
   * The whole expression with each name that its end may become; empty if it does not end with the
   * beginning of a name.
   */
  List<String> complete(String expression) {
    int start = expression.length();
    while (start > 0 && partOfName(expression.charAt(start - 1))) {
      start--;
    }
    String before = expression.substring(0, start);
    String begun = expression.substring(start).toLowerCase(Locale.ROOT);
    if (begun.isEmpty() || inText(before)) {
      return List.of();
    }
    return Stream.concat(
            columns.stream()
                .map(ColumnInfo::name)
                .filter(name -> begins(name, begun))
                .map(SqlCompletion::quoted),
            ADDED.stream().filter(name -> begins(name, begun)))
        .limit(AT_MOST)
        .map(name -> before + name)
        .toList();
  }

  private static boolean begins(String name, String begun) {
    return name.toLowerCase(Locale.ROOT).startsWith(begun) && !name.equalsIgnoreCase(begun);
  }

  private static boolean partOfName(char c) {
    return Character.isLetterOrDigit(c) || c == '_' || c == '.';
  }

  /** Whether what follows stands inside a text in single quotes. */
  private static boolean inText(String before) {
    return before.chars().filter(c -> c == '\'').count() % 2 == 1;
  }

  private static String quoted(String name) {
    return name.matches("[A-Za-z_][A-Za-z0-9_.]*") ? name : '"' + name.replace("\"", "\"\"") + '"';
  }
}
