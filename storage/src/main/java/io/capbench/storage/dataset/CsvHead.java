package io.capbench.storage.dataset;

import io.capbench.storage.model.CapbenchException;
import java.io.BufferedReader;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;

/**
 * What the first row of a CSV or TSV file says of its columns.
 *
 * @param columns their names, from the left
 * @param named whether the first row is these names, rather than data
 */
record CsvHead(List<String> columns, boolean named) {
  private static final int MAX_CHARS = 1 << 20;
  private static final Pattern ADDRESS = Pattern.compile("(?i)https?://.*");
  private static final Pattern IMAGE =
      Pattern.compile("(?is).*[/\\\\].*|.*\\.(jpe?g|png|webp|gif|bmp|tiff?)");
  private static final List<String> DREAM_LIP =
      List.of("raw", "shortIB", "longIB", "shortSV", "longSV", "shortLLA", "longLLA");
  private static final String IMAGE_PATH = "image_path";

  CsvHead {
    columns = List.copyOf(columns);
  }

  /** What separates the fields of a file of that name. */
  static char delimiter(Path file) {
    return lower(file).matches(".*\\.tsv(\\.gz)?") ? '\t' : ',';
  }

  /** Whether a file of that name is compressed. */
  static boolean zipped(Path file) {
    return lower(file).endsWith(".gz");
  }

  /** Whether these are the columns of DreamLIP with image files rather than addresses. */
  static boolean listsImages(List<String> columns) {
    return columns.equals(dreamLip(IMAGE_PATH));
  }

  /**
   * Reads the first row. Eight fields of which the first is a path or an address are a row of
   * DreamLIP, whose files have no names in them; all else is taken for names.
   *
   * @throws CapbenchException if it cannot be a table's first row
   */
  static CsvHead read(Path file, char delimiter) throws IOException {
    List<String> fields;
    try (InputStream bytes = Files.newInputStream(file);
        InputStream text = zipped(file) ? new GZIPInputStream(bytes) : bytes;
        Reader reader =
            new BufferedReader(new InputStreamReader(text, StandardCharsets.UTF_8.newDecoder()))) {
      fields = fields(file, reader, delimiter);
    } catch (CharacterCodingException e) {
      throw new CapbenchException(file + " is not UTF-8; write the file again as UTF-8", e);
    } catch (ZipException | EOFException e) {
      throw cutOff(file, e);
    }
    String first = fields.get(0);
    if (fields.size() == DREAM_LIP.size() + 1 && IMAGE.matcher(first).matches()) {
      boolean remote = ADDRESS.matcher(first).matches();
      return new CsvHead(dreamLip(remote ? "image_url" : IMAGE_PATH), false);
    }
    return new CsvHead(names(file, fields), true);
  }

  static CapbenchException cutOff(Path file, IOException e) {
    return new CapbenchException(file + " is no whole gzip file; download or write it again", e);
  }

  private static List<String> dreamLip(String image) {
    List<String> columns = new ArrayList<>(DREAM_LIP);
    columns.add(0, image);
    return columns;
  }

  private static List<String> fields(Path file, Reader reader, char delimiter) throws IOException {
    List<String> fields = new ArrayList<>();
    StringBuilder field = new StringBuilder();
    boolean quoted = false;
    int next = reader.read();
    if (next == '\uFEFF') {
      next = reader.read();
    }
    if (next < 0) {
      throw new CapbenchException(file + " is empty; download or write it again");
    }
    for (int read = 0; next >= 0; next = reader.read(), read++) {
      if (read > MAX_CHARS) {
        throw new CapbenchException(
            file + " has a first line of more than a million characters; name a CSV or TSV file");
      }
      if (next == 0) { // UTF-16 without a mark has them too
        throw new CapbenchException(file + " is not UTF-8 text; write the file again as UTF-8");
      }
      if (next == '"') { // a doubled quote switches twice; its second half is kept
        if (!quoted && field.length() > 0) {
          field.append('"');
        }
        quoted = !quoted;
      } else if (quoted) {
        field.append((char) next);
      } else if (next == delimiter) {
        fields.add(field.toString());
        field.setLength(0);
      } else if (next == '\n' || next == '\r') {
        break;
      } else {
        field.append((char) next);
      }
    }
    fields.add(field.toString());
    if (String.join("", fields).isBlank()) {
      throw new CapbenchException(
          file + " begins with an empty line; begin with the names of the columns");
    }
    return fields;
  }

  private static List<String> names(Path file, List<String> fields) {
    List<String> names = new ArrayList<>();
    TreeSet<String> taken = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
    for (String field : fields) {
      String name = field.isBlank() ? "unnamed " + (names.size() + 1) : field.strip();
      if (!taken.add(name)) {
        throw new CapbenchException(
            file + " has two columns called " + name + " in its first line; rename one");
      }
      names.add(name);
    }
    return names;
  }

  private static String lower(Path file) {
    return file.getFileName().toString().toLowerCase(Locale.ROOT);
  }
}
