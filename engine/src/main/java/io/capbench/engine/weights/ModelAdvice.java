package io.capbench.engine.weights;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.capbench.storage.model.CapbenchException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * What whoever made a model says of using it, in {@value #FILE} beside its weights. Nothing of it
 * is needed to run the model.
 *
 * @param note a sentence that people are told wherever the model is named, or null
 * @param groundingMethod id of the grounding method that suits it best, or null
 * @param weakMargin how far a sub-caption's logit may be below the best of its caption before it
 *     counts as weakly grounded, 0 or more; null for the usual
 */
public record ModelAdvice(
    @Nullable String note, @Nullable String groundingMethod, @Nullable Double weakMargin) {
  /** The name of the file. */
  public static final String FILE = "capbench.json";

  /** What most models say. */
  public static final ModelAdvice NONE = new ModelAdvice(null, null, null);

  private static final int LONGEST_NOTE = 300;
  private static final JsonMapper JSON = JsonMapper.builder().build();

  /**
   * The advice of a model.
   *
   * @param model its folder, or a file in it
   * @throws CapbenchException if there is a file that cannot be read or says what is not possible
   */
  public static ModelAdvice of(Path model) {
    Path file = file(model);
    if (!Files.isRegularFile(file)) {
      return NONE;
    }
    JsonNode json = read(file);
    String note = text(file, json, "note");
    if (note != null && note.length() > LONGEST_NOTE) {
      note = note.substring(0, LONGEST_NOTE) + "…";
    }
    JsonNode margin = json.path("weak_margin");
    boolean missing = margin.isMissingNode() || margin.isNull();
    if (!missing && !(margin.isNumber() && margin.doubleValue() >= 0)) {
      throw impossible(file, "weak_margin", margin);
    }
    return new ModelAdvice(
        note, text(file, json, "grounding_method"), missing ? null : margin.doubleValue());
  }

  /**
   * Where the advice of a model is, if there is any.
   *
   * @param model its folder, or a file in it
   */
  public static Path file(Path model) {
    return Files.isDirectory(model)
        ? model.resolve(FILE)
        : model.toAbsolutePath().resolveSibling(FILE);
  }

  private static @Nullable String text(Path file, JsonNode json, String name) {
    JsonNode value = json.path(name);
    if (value.isMissingNode() || value.isNull()) {
      return null;
    }
    if (!value.isTextual() || value.textValue().isBlank()) {
      throw impossible(file, name, value);
    }
    return value.textValue().strip();
  }

  private static CapbenchException impossible(Path file, String name, JsonNode value) {
    return new CapbenchException(
        file + " says " + name + " " + value + ", which is not possible. Mend or delete the file.");
  }

  private static JsonNode read(Path file) {
    try {
      return JSON.readTree(Files.readString(file));
    } catch (JacksonException e) {
      throw new CapbenchException(
          file + " is not JSON: " + e.getOriginalMessage() + ". Mend or delete the file.", e);
    } catch (IOException e) {
      throw new CapbenchException(
          "Cannot read " + file + ": " + e.getMessage() + ". Check that it may be read.", e);
    }
  }

  /** Writes it into a model's folder. */
  public void write(Path folder) throws IOException {
    var json = JSON.createObjectNode();
    if (note != null) {
      json.put("note", note);
    }
    if (groundingMethod != null) {
      json.put("grounding_method", groundingMethod);
    }
    if (weakMargin != null) {
      json.put("weak_margin", weakMargin);
    }
    Files.writeString(folder.resolve(FILE), json.toPrettyString() + "\n");
  }
}
