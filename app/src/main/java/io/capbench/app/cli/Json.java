package io.capbench.app.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectWriter;

/**
 * JSON as scripts read it: one value a line, fields in the order of the records, absent values as
 * {@code null}. Thread-safe.
 */
final class Json {
  private final ObjectWriter writer = new ObjectMapper().writer();

  /** One line without a line break in it. */
  String line(Object value) {
    try {
      return writer.writeValueAsString(value);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("Records of texts and numbers are JSON", e);
    }
  }
}
