package io.capbench.app.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.SerializableString;
import com.fasterxml.jackson.core.io.CharacterEscapes;
import com.fasterxml.jackson.core.io.SerializedString;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectWriter;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * JSON as scripts read it: one value a line, fields in the order of the records, absent values as
 * {@code null}. Characters that do something to a terminal are escaped, which does not change the
 * values. Thread-safe.
 */
final class Json {
  private final ObjectWriter writer = new ObjectMapper().writer().with(new Escapes());

  /** One line without a line break in it. */
  String line(Object value) {
    try {
      return writer.writeValueAsString(value);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("Records of texts and numbers are JSON", e);
    }
  }

  private static final class Escapes extends CharacterEscapes {
    private static final long serialVersionUID = 1L;
    private static final char DELETE = 0x7F;

    @Override
    public int[] getEscapeCodesForAscii() {
      int[] codes = standardAsciiEscapesForJSON();
      codes[DELETE] = ESCAPE_STANDARD;
      return codes;
    }

    @Override
    public @Nullable SerializableString getEscapeSequence(int character) {
      return SafeText.isHarmless((char) character, false)
          ? null
          : new SerializedString(String.format(Locale.ROOT, "\\u%04X", character));
    }
  }
}
