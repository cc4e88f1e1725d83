package io.capbench.storage.source;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Samples as lines of JSON, with the types that all of them agree on. A sample's own columns come
 * first; fields of its JSON with the same name are called {@code json_NAME}. Nulls are left out, so
 * that a field which is null everywhere is no column. Not thread-safe; the caller closes.
 */
public final class SampleLines implements AutoCloseable {
  /** How many columns there may be; fields beyond them are left out. */
  public static final int MAX_COLUMNS = 1000;

  private static final Logger LOG = LoggerFactory.getLogger(SampleLines.class);
  private static final String PREFIX = "json_";
  // They would hide the numbers that DuckDB gives files and rows.
  private static final Set<String> RESERVED = Set.of("file_row_number", "file_index");
  private static final JsonFactory JSON =
      JsonMapper.builder()
          .enable(JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS) // Python writes NaN
          .build()
          .getFactory();

  /**
   * Where a member of a tar is.
   *
   * @param member its name
   * @param offset of its first byte in the tar, or -1 if it cannot be read
   * @param length in bytes
   */
  public record Member(String member, long offset, long length) {}

  private enum Type {
    BOOLEAN("BOOLEAN"),
    INTEGER("BIGINT"),
    NUMBER("DOUBLE"),
    TEXT("VARCHAR"),
    MEMBER("STRUCT(member VARCHAR, \"offset\" BIGINT, \"length\" BIGINT)");

    private final String sql;

    Type(String sql) {
      this.sql = sql;
    }

    static Type of(Object value) {
      if (value instanceof Boolean) {
        return BOOLEAN;
      }
      if (value instanceof Long) {
        return INTEGER;
      }
      if (value instanceof Double) {
        return NUMBER;
      }
      return value instanceof Member ? MEMBER : TEXT;
    }

    Type or(Type other) {
      if (this == other) {
        return this;
      }
      boolean numbers = Set.of(INTEGER, NUMBER).containsAll(Set.of(this, other));
      return numbers ? NUMBER : TEXT;
    }
  }

  private record Column(String name, Type type) {}

  private final OutputStream out;
  private final Map<String, Column> columns = new LinkedHashMap<>();
  private long rows;
  private long leftOut;

  /** Begins a file. */
  public SampleLines(Path file) throws IOException {
    this.out = new BufferedOutputStream(Files.newOutputStream(file), 1 << 16);
  }

  /** A reader of JSON that takes what Python writes. The caller closes it. */
  static JsonParser parser(byte[] json) throws IOException {
    return JSON.createParser(json);
  }

  /** Like {@link #parser(byte[])}, of a file of any length. */
  static JsonParser parser(Path file) throws IOException {
    return JSON.createParser(file.toFile());
  }

  /**
   * Reads the fields of an object: texts, whole numbers, other numbers, truths; lists and objects
   * as JSON text; whole numbers that are too long as text; null for what is no number.
   *
   * @param parser at the object's beginning; afterwards at its end
   * @throws JsonProcessingException if it is not valid
   */
  static Map<String, Object> fields(JsonParser parser) throws IOException {
    Map<String, Object> fields = new LinkedHashMap<>();
    while (parser.nextToken() != null && parser.hasCurrentToken()) {
      if (parser.currentToken().isStructEnd()) {
        break;
      }
      String name = parser.currentName();
      parser.nextToken();
      Object value = value(parser);
      fields.remove(name); // of two fields with one name the last counts, as in Python
      if (value != null) {
        fields.put(name, value);
      }
    }
    return fields;
  }

  private static @Nullable Object value(JsonParser parser) throws IOException {
    return switch (parser.currentToken()) {
      case VALUE_STRING -> parser.getText();
      case VALUE_TRUE, VALUE_FALSE -> parser.getBooleanValue();
      case VALUE_NUMBER_INT ->
          switch (parser.getNumberType()) {
            case INT, LONG -> (Object) parser.getLongValue();
            default -> parser.getText();
          };
      case VALUE_NUMBER_FLOAT -> {
        double number = parser.getDoubleValue();
        yield Double.isFinite(number) ? number : null;
      }
      case START_ARRAY, START_OBJECT -> {
        StringWriter text = new StringWriter();
        try (JsonGenerator copy = JSON.createGenerator(text)) {
          copy.copyCurrentStructure(parser);
        }
        yield text.toString();
      }
      default -> null;
    };
  }

  /**
   * Adds a sample.
   *
   * @param own its own columns: texts and {@link Member}s
   * @param fields those of its JSON; see {@link #fields}
   */
  public void add(Map<String, ?> own, Map<String, ?> fields) throws IOException {
    Map<String, Object> row = new LinkedHashMap<>();
    own.forEach((name, value) -> put(row, name, value));
    fields.forEach(
        (name, value) -> {
          boolean taken =
              own.keySet().stream().anyMatch(name::equalsIgnoreCase)
                  || RESERVED.contains(name.toLowerCase(Locale.ROOT))
                  || name.isEmpty();
          put(row, taken ? PREFIX + name : name, value);
        });
    StringWriter line = new StringWriter();
    try (JsonGenerator json = JSON.createGenerator(line)) {
      json.writeStartObject();
      for (Map.Entry<String, Object> field : row.entrySet()) {
        json.writeFieldName(field.getKey());
        write(json, field.getValue());
      }
      json.writeEndObject();
    }
    // Half a surrogate pair, which no UTF-8 can hold, becomes a question mark here.
    out.write(line.append('\n').toString().getBytes(StandardCharsets.UTF_8));
    rows++;
  }

  private static void write(JsonGenerator json, Object value) throws IOException {
    if (value instanceof Boolean truth) {
      json.writeBoolean(truth);
    } else if (value instanceof Long number) {
      json.writeNumber(number);
    } else if (value instanceof Double number) {
      json.writeNumber(number);
    } else if (value instanceof Member member) {
      json.writeStartObject();
      json.writeStringField("member", member.member());
      json.writeNumberField("offset", member.offset());
      json.writeNumberField("length", member.length());
      json.writeEndObject();
    } else {
      json.writeString(value.toString());
    }
  }

  private void put(Map<String, Object> row, String name, Object value) {
    String key = name.toLowerCase(Locale.ROOT);
    Column known = columns.get(key);
    if (known == null && columns.size() >= MAX_COLUMNS) {
      leftOut++;
      return;
    }
    Type type = Type.of(value);
    Column column =
        known == null
            ? new Column(name, type)
            : new Column(known.name(), known.type().or(type)); // one spelling for all
    columns.put(key, column);
    row.putIfAbsent(column.name(), value);
  }

  /** How many samples there are. */
  public long rows() {
    return rows;
  }

  /** The columns so far, with DuckDB's names of their types. */
  public Map<String, String> types() {
    Map<String, String> types = new LinkedHashMap<>();
    columns.values().forEach(column -> types.put(column.name(), column.type().sql));
    return types;
  }

  @Override
  public void close() throws IOException {
    out.close();
    if (leftOut > 0) {
      LOG.warn("{} values were left out: more than {} columns", leftOut, MAX_COLUMNS);
    }
  }
}
