package io.capbench.viewer.review;

import io.capbench.resources.Resource;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** The types of spans that a person can choose from, in the order of their list. */
public final class SpanTypes {
  private static final int FIELDS = 4;

  private final List<SpanType> types;

  /** The types that come with the program. */
  public SpanTypes() {
    this(Resource.url("taxonomies/spans.tsv"));
  }

  /**
   * The types of a list: a line each, key, id, name and explanation with tabs between.
   *
   * @throws IllegalArgumentException if a line is none, or a key or an id comes twice
   */
  SpanTypes(URL list) {
    List<SpanType> read = new ArrayList<>();
    Set<String> known = new HashSet<>();
    try (BufferedReader lines =
        new BufferedReader(new InputStreamReader(list.openStream(), StandardCharsets.UTF_8))) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        if (!line.isBlank() && !line.startsWith("#")) {
          SpanType type = type(line);
          if (!known.add("key " + type.key()) || !known.add("id " + type.id())) {
            throw new IllegalArgumentException("A key or an id comes twice: " + line);
          }
          read.add(type);
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    types = List.copyOf(read);
  }

  private static SpanType type(String line) {
    String[] fields = line.split("\t", -1);
    if (fields.length != FIELDS || fields[0].length() != 1) {
      throw new IllegalArgumentException("Not key, id, name and explanation: " + line);
    }
    return new SpanType(fields[1], fields[2], fields[3], fields[0].toLowerCase(Locale.ROOT));
  }

  /** All of them. */
  public List<SpanType> all() {
    return types;
  }

  /** The type that a key chooses. */
  public Optional<SpanType> ofKey(String key) {
    return types.stream().filter(type -> type.key().equalsIgnoreCase(key)).findFirst();
  }

  /** What to call the type with that id; the id itself if the list has none of it. */
  public String name(String id) {
    return types.stream()
        .filter(type -> type.id().equals(id))
        .map(SpanType::name)
        .findFirst()
        .orElse(id);
  }
}
