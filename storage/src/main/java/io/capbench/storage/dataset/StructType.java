package io.capbench.storage.dataset;

import java.util.ArrayList;
import java.util.List;

/** DuckDB's names of struct types, such as {@code STRUCT(bytes BLOB, "path" VARCHAR)}. */
final class StructType {
  private static final String BEGIN = "STRUCT(";

  private StructType() {}

  /**
   * Whether the type is a struct with that field directly inside it: not a list of such structs,
   * nor a struct around one.
   *
   * @param type DuckDB's name of a type
   * @param field name of the field, in whatever case
   * @param fieldType DuckDB's name of its type
   */
  static boolean has(String type, String field, String fieldType) {
    String plain = field + " " + fieldType;
    String quoted = Sql.identifier(field) + " " + fieldType;
    return fields(type).stream()
        .anyMatch(found -> found.equalsIgnoreCase(plain) || found.equalsIgnoreCase(quoted));
  }

  private static List<String> fields(String type) {
    if (!type.startsWith(BEGIN)) {
      return List.of();
    }
    List<String> fields = new ArrayList<>();
    int from = BEGIN.length();
    int depth = 0;
    boolean quoted = false;
    for (int i = from; i < type.length(); i++) {
      char c = type.charAt(i);
      if (c == '"') {
        quoted = !quoted;
      } else if (!quoted && c == '(') {
        depth++;
      } else if (!quoted && depth > 0) {
        depth -= c == ')' ? 1 : 0;
      } else if (!quoted && (c == ',' || c == ')')) {
        fields.add(type.substring(from, i).strip());
        from = i + 1;
        if (c == ')') {
          return from == type.length() ? fields : List.of();
        }
      }
    }
    return List.of();
  }
}
