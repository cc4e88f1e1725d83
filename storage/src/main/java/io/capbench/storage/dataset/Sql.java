package io.capbench.storage.dataset;

import java.nio.file.Path;
import java.util.Collection;
import java.util.stream.Collectors;

/** Names and paths as parts of SQL text. Values are never parts of it: they are bound. */
final class Sql {
  /**
   * The function {@code words(text)}: how many runs of characters without white space. Nearly all
   * captions have single spaces between words, and counting those takes a third of the time.
   */
  static final String WORDS =
      """
      CREATE MACRO words(text) AS
        CASE
          WHEN text = '' OR starts_with(text, ' ') OR ends_with(text, ' ')
            OR contains(text, '  ') OR contains(text, chr(9)) OR contains(text, chr(10))
            OR contains(text, chr(12)) OR contains(text, chr(13))
          THEN len(regexp_extract_all(text, '\\S+'))
          ELSE len(string_split(text, ' '))
        END""";

  private Sql() {}

  /** A column's or table's name, whatever characters it has. */
  static String identifier(String name) {
    return '"' + name.replace("\"", "\"\"") + '"';
  }

  static String literal(String text) {
    return '\'' + text.replace("'", "''") + '\'';
  }

  /** One file for a table function, with the characters of patterns standing for themselves. */
  static String file(Path file) {
    StringBuilder pattern = new StringBuilder();
    for (char c : file.toAbsolutePath().toString().toCharArray()) {
      if (c == '*' || c == '?' || c == '[') {
        pattern.append('[').append(c).append(']');
      } else {
        pattern.append(c);
      }
    }
    return literal(pattern.toString());
  }

  /**
   * A scan of parquet files as one table. {@code file_index} numbers the files in this order and
   * {@code file_row_number} the rows inside each. Strings that are no UTF-8 come out with question
   * marks, since one of them must not hide a row group.
   */
  static String parquet(Collection<Path> files) {
    return files.stream()
        .map(Sql::file)
        .collect(
            Collectors.joining(
                ", ",
                "read_parquet([",
                "], union_by_name=true, hive_partitioning=false, utf8_validation='replace')"));
  }
}
