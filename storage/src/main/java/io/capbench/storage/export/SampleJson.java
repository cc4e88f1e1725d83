package io.capbench.storage.export;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.fasterxml.jackson.core.util.Separators;
import com.fasterxml.jackson.databind.ObjectWriter;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/** JSON laid out as Python's {@code json.dumps(value, indent=4, ensure_ascii=False)} does. */
final class SampleJson {
  private final ObjectWriter writer;

  SampleJson() {
    DefaultIndenter indenter = new DefaultIndenter("    ", "\n");
    DefaultPrettyPrinter printer =
        new DefaultPrettyPrinter(
            Separators.createDefaultInstance()
                .withObjectFieldValueSpacing(Separators.Spacing.AFTER)
                .withObjectEmptySeparator("")
                .withArrayEmptySeparator(""));
    printer.indentArraysWith(indenter);
    printer.indentObjectsWith(indenter);
    this.writer = JsonMapper.builder().build().writer(printer);
  }

  /**
   * Writes an object. Half a surrogate pair, which no UTF-8 can hold, becomes a question mark.
   *
   * @param fields plain values, maps and lists
   */
  byte[] bytes(Map<String, ?> fields) {
    try {
      return writer.writeValueAsString(fields).getBytes(StandardCharsets.UTF_8);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("Texts, numbers, maps and lists are JSON", e);
    }
  }
}
