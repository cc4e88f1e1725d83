package io.capbench.storage.dataset;

import java.util.regex.Pattern;

/** DuckDB's messages for people. It sets no SQL state, so the text is all there is. */
final class DuckErrors {
  private static final Pattern KIND =
      Pattern.compile("^(?:java\\.\\S+: )?(?:[A-Z][A-Za-z]*(?: [A-Z][A-Za-z]*)* Error: )+");

  private static final Pattern QUERY =
      Pattern.compile(
          "^(?:java\\.\\S+: )?(?:Binder|Parser|Catalog|Conversion|Out of Range) Error: .*");

  private DuckErrors() {}

  /** Whether the query was wrong for the columns it was asked of, rather than their data. */
  static boolean isAboutTheQuery(Throwable error) {
    String message = error.getMessage();
    return message != null && QUERY.matcher(message.lines().findFirst().orElse("")).matches();
  }

  /** What went wrong in one line without a full stop: no kind in front, no SQL text behind. */
  static String sentence(Throwable error) {
    String message = error.getMessage();
    if (message == null) {
      return error.getClass().getSimpleName();
    }
    int sql = message.indexOf("\nLINE ");
    String text = KIND.matcher(sql < 0 ? message : message.substring(0, sql)).replaceFirst("");
    return text.strip().replaceAll("\\s*\n\\s*", " ").replaceFirst("\\.$", "");
  }
}
