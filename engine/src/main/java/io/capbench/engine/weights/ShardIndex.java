package io.capbench.engine.weights;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadFeature;
import io.capbench.storage.model.CapbenchException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Which file of a model holds which tensor: {@code {"weight_map": {"name": "file", ...}}}.
 *
 * @param file the index itself
 * @param namesByFile tensors of each file, files in the order of their names; all of them are there
 */
record ShardIndex(Path file, Map<Path, List<String>> namesByFile) {
  private static final long MAX_BYTES = 64L << 20;
  private static final JsonFactory JSON =
      JsonFactory.builder().enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION).build();

  /**
   * Reads an index.
   *
   * @throws CapbenchException if it is damaged, names files outside its folder, or one is missing
   */
  static ShardIndex read(Path file) {
    Map<String, String> map;
    try {
      if (Files.size(file) > MAX_BYTES) {
        throw new CapbenchException(
            file + " has more than " + MAX_BYTES + " bytes and is no index. Download it again.");
      }
      map = weightMap(file);
    } catch (IOException | IllegalArgumentException e) {
      throw new CapbenchException(
          file
              + " cannot be read as an index of weights ("
              + e.getMessage()
              + "). Download it again.",
          e);
    }
    if (map.isEmpty()) {
      throw new CapbenchException(
          file + " lists no tensors: its weight_map is missing or empty. Download it again.");
    }
    Map<Path, List<String>> namesByFile = new TreeMap<>();
    for (Map.Entry<String, String> entry : map.entrySet()) {
      Path shard = file.resolveSibling(plainName(file, entry.getValue()));
      namesByFile.computeIfAbsent(shard, key -> new ArrayList<>()).add(entry.getKey());
    }
    requireAll(file, namesByFile);
    return new ShardIndex(file, namesByFile);
  }

  private static Map<String, String> weightMap(Path file) throws IOException {
    Map<String, String> map = new LinkedHashMap<>();
    try (JsonParser json = JSON.createParser(file.toFile())) {
      require(json.nextToken() == JsonToken.START_OBJECT, "it is no object");
      while (json.nextToken() == JsonToken.FIELD_NAME) {
        boolean weights = json.currentName().equals("weight_map");
        require(json.nextToken() == JsonToken.START_OBJECT || !weights, "weight_map is no object");
        if (!weights) {
          json.skipChildren();
          continue;
        }
        while (json.nextToken() == JsonToken.FIELD_NAME) {
          String tensor = json.currentName();
          require(json.nextToken() == JsonToken.VALUE_STRING, "weight_map has no file name");
          map.put(tensor, json.getText());
        }
      }
      require(json.currentToken() == JsonToken.END_OBJECT, "it is cut off");
    }
    return map;
  }

  private static String plainName(Path index, String name) {
    if (name.isEmpty()
        || name.equals(".")
        || name.equals("..")
        || name.chars().anyMatch(c -> c < ' ' || c == '/' || c == '\\' || c == ':')) {
      throw new CapbenchException(
          index
              + " names \""
              + name
              + "\", which is not a plain file name beside it. Do not use this model: an index"
              + " has no business outside its folder.");
    }
    return name;
  }

  private static void requireAll(Path index, Map<Path, List<String>> namesByFile) {
    List<String> missing =
        namesByFile.keySet().stream()
            .filter(shard -> !Files.isRegularFile(shard))
            .map(shard -> String.valueOf(shard.getFileName()))
            .toList();
    if (!missing.isEmpty()) {
      throw new CapbenchException(
          index
              + " lists "
              + namesByFile.size()
              + " files of which "
              + missing.size()
              + " are missing: "
              + String.join(", ", missing.subList(0, Math.min(10, missing.size())))
              + ". Download them into the same folder.");
    }
  }

  private static void require(boolean condition, String otherwise) {
    if (!condition) {
      throw new IllegalArgumentException(otherwise);
    }
  }
}
