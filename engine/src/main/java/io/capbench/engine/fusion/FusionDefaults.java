package io.capbench.engine.fusion;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.capbench.storage.model.CapbenchException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * What a model is given and how its text is looked for where nobody says otherwise: as its folder
 * says, if {@value #PROMPT} is in it, else as CapsFusion does.
 *
 * @param prompt what the model was trained on
 * @param search how text is looked for
 */
public record FusionDefaults(FusionPrompt prompt, LocalOptions.Search search) {
  /** The name of a model's own prompt, beside its config.json. */
  public static final String PROMPT = "fusion_prompt.txt";

  private static final String GENERATION = "generation_config.json";

  /** As CapsFusion does, with CapsFus-LLaMA. */
  public static FusionDefaults capsFusion() {
    return new FusionDefaults(FusionPrompt.capsFusion(), LocalOptions.Search.original());
  }

  /**
   * Those of a model.
   *
   * @param folder of the model; with a prompt of its own in it, its {@code num_beams} and {@code
   *     max_new_tokens} of generation_config.json hold too
   * @throws CapbenchException if one of both files cannot be read
   */
  public static FusionDefaults of(Path folder) {
    Path file = folder.resolve(PROMPT);
    if (!Files.isRegularFile(file)) {
      return capsFusion();
    }
    FusionPrompt prompt = FusionPrompt.read(file);
    LocalOptions.Search search = LocalOptions.Search.original();
    Path generation = folder.resolve(GENERATION);
    if (Files.isRegularFile(generation)) {
      JsonNode json = json(generation);
      search =
          new LocalOptions.Search(
              positive(generation, json, "num_beams", search.beams()),
              positive(generation, json, "max_new_tokens", search.maxNewTokens()),
              search.scoring(),
              search.lengthPenalty(),
              search.earlyStopping());
    }
    return new FusionDefaults(prompt, search);
  }

  private static int positive(Path file, JsonNode json, String name, int otherwise) {
    JsonNode value = json.path(name);
    if (value.isMissingNode() || value.isNull()) {
      return otherwise;
    }
    if (!value.isInt() || value.asInt() < 1) {
      throw new CapbenchException(
          file + " says " + name + " " + value + ", which is not possible. Check the file.");
    }
    return value.asInt();
  }

  private static JsonNode json(Path file) {
    try {
      return new ObjectMapper().readTree(Files.readString(file));
    } catch (JacksonException e) {
      throw new CapbenchException(
          file + " is not JSON: " + e.getOriginalMessage() + ". Download it again.", e);
    } catch (IOException e) {
      throw new CapbenchException(
          "Cannot read " + file + ": " + e.getMessage() + ". Check that it may be read.", e);
    }
  }
}
