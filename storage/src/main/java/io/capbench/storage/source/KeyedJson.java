package io.capbench.storage.source;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import io.capbench.storage.job.JobContext;
import io.capbench.storage.model.CapbenchException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A JSON object of objects, such as ye-pop's: every field is a row, whose name becomes the column
 * {@code id}. Read as a stream, so it may be of any length.
 */
public final class KeyedJson {
  private static final int TOLD = 256;
  private static final int ENOUGH = 100;

  private final Path file;

  /** The object in that file. */
  public KeyedJson(Path file) {
    this.file = file;
  }

  /**
   * Whether the file is one object with nothing but objects and nulls in it, as far as it is valid,
   * and judged by the first hundred. Files of one object a line are told apart by their first value
   * or by their second line.
   */
  public boolean fits() throws IOException {
    int seen = 0;
    try (JsonParser parser = SampleLines.parser(file)) {
      if (parser.nextToken() != JsonToken.START_OBJECT) {
        return false;
      }
      while (parser.nextToken() == JsonToken.FIELD_NAME) {
        JsonToken value = parser.nextToken();
        if (value != JsonToken.START_OBJECT && !(seen > 0 && value == JsonToken.VALUE_NULL)) {
          return false;
        }
        parser.skipChildren();
        if (++seen == ENOUGH) {
          return true;
        }
      }
      return seen > 0 && parser.nextToken() == null;
    } catch (JsonProcessingException e) {
      return seen > 0;
    }
  }

  /**
   * Reads the rows.
   *
   * @return null, or a sentence that says why there may be more than were read
   * @throws CapbenchException if there is none, naming the file
   * @throws java.util.concurrent.CancellationException if cancelled
   */
  public @Nullable String read(SampleLines lines, JobContext context) throws IOException {
    long length = Files.size(file);
    try (JsonParser parser = SampleLines.parser(file)) {
      parser.nextToken();
      while (parser.nextToken() == JsonToken.FIELD_NAME) {
        context.checkCancelled();
        String id = parser.currentName();
        boolean object = parser.nextToken() == JsonToken.START_OBJECT;
        lines.add(Map.of("id", id), object ? SampleLines.fields(parser) : Map.of());
        if (lines.rows() % TOLD == 0) {
          context.progress(parser.currentLocation().getByteOffset(), length, "bytes");
        }
      }
      return null;
    } catch (JsonProcessingException e) {
      String broken = file + " is cut off or damaged behind its row " + lines.rows();
      if (lines.rows() == 0) {
        throw new CapbenchException(broken + "; download or write it again", e);
      }
      return broken + "; the rows before are open. Download or write it again";
    }
  }
}
