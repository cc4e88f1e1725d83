package io.capbench.storage.source;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * An image, its captions and its fields on their way into a table: files that share a name up to
 * its first dot. Of two files with the same extension the first one counts.
 */
final class Sample {
  /** How many bytes of text or JSON one file may have, and all of a sample together twice that. */
  static final int MAX_TEXT = 1 << 20;

  private static final Logger LOG = LoggerFactory.getLogger(Sample.class);
  private static final Set<String> IMAGES =
      Set.of("jpg", "jpeg", "png", "webp", "gif", "bmp", "tif", "tiff");
  private static final Set<String> TEXTS =
      Set.of("txt", "text", "caption", "captions", "cap", "description", "cls");
  private static final List<String> KEYS = List.of("key", "__key__");
  private static final List<String> CAPTIONS = List.of("caption", "text");

  private final String key;
  private final Map<String, String> texts = new LinkedHashMap<>();
  private Map<String, Object> fields = new LinkedHashMap<>();
  private SampleLines.@Nullable Member image;
  private boolean plainImage;
  private boolean described;
  private long bytes;

  Sample(String key) {
    this.key = key;
  }

  /** What a file of that extension is for. */
  enum Use {
    IMAGE,
    TEXT,
    JSON,
    NONE
  }

  /** What a file is for, by its whole extension in lower case, such as {@code blip.txt}. */
  static Use use(String extension) {
    String last = extension.substring(extension.lastIndexOf('.') + 1);
    if (IMAGES.contains(last)) {
      return Use.IMAGE;
    }
    if (TEXTS.contains(last)) {
      return Use.TEXT;
    }
    return extension.equals("json") ? Use.JSON : Use.NONE;
  }

  /** The first dot of a file's name that ends its key, or -1 if it has no key or no extension. */
  static int dot(String name) {
    int from = name.lastIndexOf('/') + 1;
    int dot = name.indexOf('.', from);
    return dot == from || dot == name.length() - 1 ? -1 : dot;
  }

  static String extension(String name, int dot) {
    return name.substring(dot + 1).toLowerCase(Locale.ROOT);
  }

  String key() {
    return key;
  }

  /** Takes an image; one with a plain extension is better than {@code mask.png}. */
  void image(String extension, SampleLines.Member member) {
    boolean plain = extension.indexOf('.') < 0;
    if (image == null || (plain && !plainImage)) {
      image = member;
      plainImage = plain;
    }
  }

  /** Whether so much more text or JSON may be read. */
  boolean takes(long length) {
    return length <= MAX_TEXT && bytes + length <= 2L * MAX_TEXT;
  }

  /** Takes a caption. What is no UTF-8 comes out with question marks. */
  void text(String extension, byte[] content) {
    bytes += content.length;
    String text = new String(content, StandardCharsets.UTF_8);
    texts.putIfAbsent(extension, text.startsWith("\uFEFF") ? text.substring(1) : text);
  }

  /** Takes fields. JSON that is damaged or no object has none, which is logged. */
  void json(byte[] content) {
    bytes += content.length;
    if (described) {
      return;
    }
    described = true;
    try (JsonParser parser = SampleLines.parser(content)) {
      if (parser.nextToken() == JsonToken.START_OBJECT) {
        fields = SampleLines.fields(parser);
        return;
      }
      LOG.info("The JSON of {} is no object", key);
    } catch (IOException e) {
      LOG.info("The JSON of {} is damaged: {}", key, e.getClass().getSimpleName());
    }
  }

  SampleLines.@Nullable Member image() {
    return image;
  }

  /** Whether there is anything to show. */
  boolean empty() {
    return image == null && texts.isEmpty() && !described;
  }

  /**
   * Adds it to a table. A caption that repeats the field {@code caption} or {@code text}, as
   * img2dataset writes every one twice, and a field that repeats the key are left out.
   *
   * @param own the columns that come before the captions
   */
  void addTo(SampleLines lines, Map<String, ?> own) throws IOException {
    Map<String, Object> columns = new LinkedHashMap<>(own);
    texts.forEach(
        (extension, text) -> {
          if (CAPTIONS.stream().noneMatch(field -> text.equals(fields.get(field)))) {
            columns.put(extension, text);
          }
        });
    String name = key.substring(key.lastIndexOf('/') + 1);
    for (String repeated : KEYS) {
      if (name.equals(fields.get(repeated))) {
        fields.remove(repeated);
      }
    }
    lines.add(columns, fields);
  }
}
