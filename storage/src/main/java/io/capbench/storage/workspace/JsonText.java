package io.capbench.storage.workspace;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectWriter;
import com.fasterxml.jackson.databind.json.JsonMapper;

/** Values as JSON, which is how queries are given lists. */
final class JsonText {
  private static final ObjectWriter WRITER = JsonMapper.builder().build().writer();

  private JsonText() {}

  /**
   * Writes a value.
   *
   * @param value a text, a number, or records and lists of these
   */
  static String of(Object value) {
    try {
      return WRITER.writeValueAsString(value);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("Texts, numbers, and records and lists of them are JSON", e);
    }
  }
}
