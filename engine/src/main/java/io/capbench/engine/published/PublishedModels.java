package io.capbench.engine.published;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.capbench.resources.Resource;
import io.capbench.storage.model.CapbenchException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * A list of published models.
 *
 * @param all the models in the order of the list; their names differ
 */
public record PublishedModels(List<PublishedModel> all) {
  private static final ObjectMapper JSON =
      new ObjectMapper().enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

  /**
   * Checks the names.
   *
   * @throws IllegalArgumentException if two models have the same
   */
  public PublishedModels {
    all = List.copyOf(all);
    Set<String> names = new HashSet<>();
    for (PublishedModel model : all) {
      if (!names.add(model.name())) {
        throw new IllegalArgumentException(model.name() + " is there twice");
      }
    }
  }

  /** The list that comes with Capbench. */
  public static PublishedModels bundled() {
    String name = "models/published.json";
    try (InputStream in = Resource.url(name).openStream()) {
      return read(in);
    } catch (IOException | IllegalArgumentException e) {
      throw new IllegalStateException(name + " is damaged", e);
    }
  }

  /**
   * Another list, in the form of the bundled one: a company's mirror, for example.
   *
   * @throws CapbenchException if it cannot be read or says something wrong
   */
  public static PublishedModels read(Path file) {
    try (InputStream in = Files.newInputStream(file)) {
      return read(in);
    } catch (JsonProcessingException e) {
      throw new CapbenchException(
          file
              + " is no list of models: "
              + e.getOriginalMessage()
              + ". docs/models.md describes the form.",
          e);
    } catch (IOException | IllegalArgumentException e) {
      throw new CapbenchException(
          file + " cannot be read as a list of models: " + e.getMessage() + ". Mend the file.", e);
    }
  }

  private static PublishedModels read(InputStream in) throws IOException {
    PublishedModel[] models = JSON.readValue(in, PublishedModel[].class);
    return new PublishedModels(List.of(models));
  }

  /**
   * The model of a name.
   *
   * @throws CapbenchException if there is none, listing those there are
   */
  public PublishedModel named(String name) {
    return all.stream()
        .filter(model -> model.name().equals(name))
        .findFirst()
        .orElseThrow(
            () ->
                new CapbenchException(
                    "There is no published model \""
                        + name
                        + "\" in the list. There are "
                        + all.stream().map(PublishedModel::name).collect(Collectors.joining(", "))
                        + "."));
  }
}
