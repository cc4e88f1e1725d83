package io.capbench.storage.dataset;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import java.io.BufferedReader;
import java.io.CharConversionException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.OptionalLong;

/** Looks for the line that keeps a file from being JSON lines: DuckDB names the one after it. */
final class JsonLines {
  private final JsonFactory factory = new JsonFactory();

  /** Number of the first broken line, from 1, or empty if every line is JSON. */
  OptionalLong firstBroken(Path file) throws IOException {
    // Latin-1 keeps every byte as it is, so that the parser sees which of them are no UTF-8.
    try (BufferedReader lines = Files.newBufferedReader(file, StandardCharsets.ISO_8859_1)) {
      long number = 1;
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        if (!isJson(line.getBytes(StandardCharsets.ISO_8859_1))) {
          return OptionalLong.of(number);
        }
        number++;
      }
    }
    return OptionalLong.empty();
  }

  private boolean isJson(byte[] line) throws IOException {
    try (JsonParser parser = factory.createParser(line)) {
      while (parser.nextToken() != null) {
        boolean text = parser.hasToken(JsonToken.VALUE_STRING);
        if ((text || parser.hasToken(JsonToken.FIELD_NAME)) && !encodes(parser.getText())) {
          return false; // half a surrogate pair, which DuckDB does not take
        }
        parser.finishToken();
      }
      return true;
    } catch (JsonProcessingException | CharConversionException e) {
      return false; // which is the answer
    }
  }

  private static boolean encodes(String text) {
    return StandardCharsets.UTF_8.newEncoder().canEncode(text);
  }
}
