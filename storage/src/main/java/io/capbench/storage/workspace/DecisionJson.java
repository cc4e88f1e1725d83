package io.capbench.storage.workspace;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.ObjectWriter;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.capbench.storage.model.CaptionSpan;
import java.sql.SQLException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The lists of a decision as the view's table holds them: JSON, or NULL for an empty list. */
final class DecisionJson {
  private static final JsonMapper MAPPER = JsonMapper.builder().build();
  private static final ObjectWriter WRITER = MAPPER.writer();
  private static final ObjectReader TAGS = MAPPER.readerFor(new TypeReference<List<String>>() {});
  private static final ObjectReader SPANS =
      MAPPER.readerFor(new TypeReference<List<CaptionSpan>>() {});

  private DecisionJson() {}

  static @Nullable String write(List<?> values) {
    try {
      return values.isEmpty() ? null : WRITER.writeValueAsString(values);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("Texts and records of texts and numbers are JSON", e);
    }
  }

  static List<String> tags(@Nullable String text) throws SQLException {
    return read(TAGS, text);
  }

  static List<CaptionSpan> spans(@Nullable String text) throws SQLException {
    return read(SPANS, text);
  }

  private static <T> List<T> read(ObjectReader reader, @Nullable String text) throws SQLException {
    try {
      return text == null ? List.of() : reader.readValue(text);
    } catch (JsonProcessingException e) {
      throw new SQLException("The view holds a list that is none: " + e.getOriginalMessage(), e);
    }
  }
}
