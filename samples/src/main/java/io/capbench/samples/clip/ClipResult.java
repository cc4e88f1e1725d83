package io.capbench.samples.clip;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.capbench.engine.explain.GroundingMethod;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * What a training came to, kept as {@code measured.json} in its folder of work so that cards can
 * tell of it.
 *
 * @param local what taught patches
 * @param steps of the training
 * @param minutes that it took
 * @param parameters numbers of the model
 * @param fresh percents on scenes that no training saw
 * @param sample percents on the pictures of the bundled sample
 * @param lettered percents on the fresh scenes with unseen words on their things
 * @param margin of weak grounding, in logits, that was chosen
 * @param inventedWeak percent of the invented sentences of long captions that are weak at it
 * @param trueWeak percent of the true ones that are
 * @param time of one look
 */
record ClipResult(
    String local,
    long steps,
    long minutes,
    long parameters,
    Map<String, Double> fresh,
    Map<String, Double> sample,
    Map<String, Double> lettered,
    double margin,
    double inventedWeak,
    double trueWeak,
    GroundingTime time) {
  /** All maps, the plainest first. */
  static final List<GroundingMethod> METHODS =
      List.of(
          GroundingMethod.PATCH_SIMILARITY,
          GroundingMethod.RELEVANCE_ALL,
          GroundingMethod.RELEVANCE_LAST,
          GroundingMethod.GROUPING,
          GroundingMethod.ROLLOUT,
          GroundingMethod.CLS_ATTENTION);

  private static final String FILE = "measured.json";
  private static final JsonMapper JSON = JsonMapper.builder().build();

  /** Writes it to a folder. */
  void write(Path folder) throws IOException {
    ObjectNode node =
        JSON.createObjectNode()
            .put("local", local)
            .put("steps", steps)
            .put("minutes", minutes)
            .put("parameters", parameters)
            .put("margin", margin)
            .put("inventedWeak", inventedWeak)
            .put("trueWeak", trueWeak)
            .put("median", time.median())
            .put("longest", time.longest());
    node.set("fresh", JSON.valueToTree(fresh));
    node.set("sample", JSON.valueToTree(sample));
    node.set("lettered", JSON.valueToTree(lettered));
    Files.writeString(folder.resolve(FILE), node.toPrettyString() + "\n");
  }

  /** Reads it from a folder. */
  static ClipResult read(Path folder) throws IOException {
    JsonNode node = JSON.readTree(Files.readString(folder.resolve(FILE)));
    TypeReference<Map<String, Double>> percents = new TypeReference<>() {};
    return new ClipResult(
        node.path("local").asText(),
        node.path("steps").asLong(),
        node.path("minutes").asLong(),
        node.path("parameters").asLong(),
        JSON.convertValue(node.path("fresh"), percents),
        JSON.convertValue(node.path("sample"), percents),
        JSON.convertValue(node.path("lettered"), percents),
        node.path("margin").asDouble(),
        node.path("inventedWeak").asDouble(),
        node.path("trueWeak").asDouble(),
        new GroundingTime(node.path("median").asDouble(), node.path("longest").asDouble()));
  }

  /** A percent of fresh scenes; NaN if it was not counted. */
  double fresh(String name) {
    return fresh.getOrDefault(name, Double.NaN);
  }
}
