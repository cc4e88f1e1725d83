package io.capbench.engine.clip;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import io.capbench.storage.model.CapbenchException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** An object of a configuration file, read with errors that name the file and the field. */
final class ConfigNode {
  private static final long LARGEST_FILE = 4L << 20;
  private static final int LARGEST_NUMBER = 1 << 24;

  private final String file;
  private final String place;
  private final JsonNode node;

  private ConfigNode(String file, String place, JsonNode node) {
    this.file = file;
    this.place = place;
    this.node = node;
  }

  /**
   * Reads a configuration file.
   *
   * @throws CapbenchException if it cannot be read or is not a JSON object
   */
  static ConfigNode read(Path file) {
    try {
      long bytes = Files.size(file);
      if (bytes > LARGEST_FILE) {
        throw new CapbenchException(
            file + " has " + bytes + " bytes; a model's configuration has at most 4 MB.");
      }
      try (InputStream in = Files.newInputStream(file)) {
        return read(file.toString(), in);
      }
    } catch (JsonProcessingException e) {
      JsonLocation where = e.getLocation();
      String line = where == null ? "" : " in line " + where.getLineNr();
      throw new CapbenchException(
          file + " is not whole JSON: it goes wrong" + line + ". Download it again.", e);
    } catch (IOException e) {
      throw new CapbenchException(
          file + " cannot be read (" + e.getMessage() + "). Download it again.", e);
    }
  }

  static ConfigNode read(String name, InputStream in) throws IOException {
    JsonNode root = new ObjectMapper().readTree(in);
    if (root == null || !root.isObject()) {
      throw new CapbenchException(name + " is not a JSON object. Download it again.");
    }
    return new ConfigNode(name, "", root);
  }

  /** The file's name, as given. */
  String file() {
    return file;
  }

  /** Whether a field is there and says something: neither null nor false, empty or 0. */
  boolean given(String name) {
    JsonNode value = node.path(name);
    return !value.isMissingNode()
        && !value.isNull()
        && !(value.isBoolean() && !value.booleanValue())
        && !(value.isNumber() && value.doubleValue() == 0)
        && !(value.isTextual() && value.textValue().isEmpty());
  }

  /** Whether a field is there and is not null. */
  boolean has(String name) {
    return node.hasNonNull(name);
  }

  /** An object within; empty if there is none. */
  ConfigNode child(String name) {
    JsonNode value = node.path(name);
    if (!value.isMissingNode() && !value.isNull() && !value.isObject()) {
      throw wrong(name, "an object");
    }
    return new ConfigNode(file, place + name + ".", value.isObject() ? value : empty());
  }

  private static JsonNode empty() {
    return MissingNode.getInstance();
  }

  /**
   * A whole number above 0.
   *
   * @param fallback where it is missing or null; 0 if it must be there
   */
  int positive(String name, int fallback) {
    JsonNode value = node.path(name);
    if ((value.isMissingNode() || value.isNull()) && fallback > 0) {
      return fallback;
    }
    return positive(name, value);
  }

  private int positive(String name, JsonNode value) {
    boolean whole = value.isNumber() && value.doubleValue() == Math.rint(value.doubleValue());
    if (!whole || value.doubleValue() < 1 || value.doubleValue() > LARGEST_NUMBER) {
      throw wrong(name, "a whole number from 1 to " + LARGEST_NUMBER);
    }
    return value.intValue();
  }

  /** Height and width: one whole number above 0 for both, or a list of two. */
  int[] sides(String name, int fallback) {
    JsonNode value = node.path(name);
    if (value.isArray() && value.size() == 2) {
      return new int[] {positive(name, value.get(0)), positive(name, value.get(1))};
    }
    int side = positive(name, fallback);
    return new int[] {side, side};
  }

  /** Any number but NaN and infinity. */
  double number(String name, double fallback) {
    JsonNode value = node.path(name);
    if (value.isMissingNode() || value.isNull()) {
      return fallback;
    }
    if (!value.isNumber() || !Double.isFinite(value.doubleValue())) {
      throw wrong(name, "a number");
    }
    return value.doubleValue();
  }

  /** Three numbers. */
  List<Double> colours(String name, List<Double> fallback) {
    JsonNode value = node.path(name);
    if (value.isMissingNode() || value.isNull()) {
      return fallback;
    }
    List<Double> numbers = new ArrayList<>();
    value.forEach(each -> numbers.add(each.isNumber() ? each.doubleValue() : Double.NaN));
    if (numbers.size() != 3 || numbers.stream().anyMatch(each -> !Double.isFinite(each))) {
      throw wrong(name, "a list of three numbers");
    }
    return numbers;
  }

  /** Text. */
  String text(String name, String fallback) {
    JsonNode value = node.path(name);
    if (value.isMissingNode() || value.isNull()) {
      return fallback;
    }
    if (!value.isTextual()) {
      throw wrong(name, "text");
    }
    return value.textValue();
  }

  /** The fields that are not among the known ones, with their places. */
  List<String> unknown(Set<String> known) {
    List<String> unknown = new ArrayList<>();
    node.fieldNames()
        .forEachRemaining(
            name -> {
              if (!known.contains(name) && given(name)) {
                unknown.add(place + name);
              }
            });
    return unknown;
  }

  /** What to throw if a field is not what it has to be. */
  CapbenchException wrong(String name, String expected) {
    JsonNode value = node.path(name);
    String found = value.isMissingNode() ? "missing" : cut(value.toString());
    return new CapbenchException(
        file + ": " + place + name + " is " + found + "; it has to be " + expected + ".");
  }

  /** What to throw if a model has a part that Capbench does not know. */
  CapbenchException unsupported(String name, String what) {
    return new CapbenchException(
        file
            + ": "
            + place
            + name
            + " asks for "
            + what
            + ", which Capbench does not have. It reads CLIP models with a plain vision transformer"
            + " and a plain text transformer.");
  }

  private static String cut(String text) {
    return text.length() <= 60 ? text : text.substring(0, 60) + "...";
  }
}
