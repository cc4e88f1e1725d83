package io.capbench.storage.dataset;

import java.util.regex.Pattern;

/** DuckDB's messages for people. It sets no SQL state, so the text is all there is. */
final class DuckErrors {
  private static final Pattern KIND =
      Pattern.compile("^(?:java\\.\\S+: )?(?:[A-Z][A-Za-z]*(?: [A-Z][A-Za-z]*)* Error: )+");

  private static final Pattern QUERY =
      Pattern.compile(
          "^(?:java\\.\\S+: )?(?:Binder|Parser|Catalog|Conversion|Out of Range|Invalid Input) Error: .*");

  private static final String LOST = "Invalid result set";
  private static final String MEMORY = "Out of Memory Error: ";

  private DuckErrors() {}

  /** Whether the driver lost what went wrong; see {@link DuckDatabase#cause}. */
  static boolean isLost(Throwable error) {
    String message = error.getMessage();
    return message != null && message.contains(LOST);
  }

  /** Whether the memory for queries did not suffice. */
  static boolean isAboutMemory(Throwable error) {
    String message = error.getMessage();
    return message != null && message.contains(MEMORY);
  }

  /** Whether the query was wrong for the columns it was asked of, rather than their data. */
  static boolean isAboutTheQuery(Throwable error) {
    String message = error.getMessage();
    return message != null
        && !isLost(error)
        && QUERY.matcher(message.lines().findFirst().orElse("")).matches();
  }

  /** What went wrong in one line without a full stop: no kind in front, no SQL text behind. */
  static String sentence(Throwable error) {
    String message = error.getMessage();
    if (message == null) {
      return error.getClass().getSimpleName();
    }
    if (isAboutMemory(error)) { // what DuckDB advises are settings that nobody has here
      return "it takes more memory than queries may use, which is 1 GB";
    }
    int sql = message.indexOf("\nLINE ");
    String text = KIND.matcher(sql < 0 ? message : message.substring(0, sql)).replaceFirst("");
    return text.strip().replaceAll("\\s*\n\\s*", " ").replaceFirst("\\.$", "");
  }
}
