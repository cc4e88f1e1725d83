package io.capbench.samples.train;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.capbench.storage.model.CapbenchException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What a training says of itself: a line of JSON every so many steps, the same at every run. */
public final class TrainingLog {
  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final double DIGITS = 1e5;

  private final Path file;

  /**
   * A line.
   *
   * @param step up to which the figures are means
   * @param figures by name
   */
  public record Line(long step, Map<String, Double> figures) {}

  /** Keeps lines in a file, which need not be there. */
  public TrainingLog(Path file) {
    this.file = file;
  }

  /**
   * All lines.
   *
   * @throws CapbenchException if they cannot be read
   */
  public List<Line> lines() {
    List<Line> lines = new ArrayList<>();
    try {
      for (String text : Files.exists(file) ? Files.readAllLines(file) : List.<String>of()) {
        JsonNode node = JSON.readTree(text);
        Map<String, Double> figures = new LinkedHashMap<>();
        for (Map.Entry<String, JsonNode> field : node.properties()) {
          if (!field.getKey().equals("step")) {
            figures.put(field.getKey(), field.getValue().asDouble());
          }
        }
        lines.add(new Line(node.path("step").asLong(), figures));
      }
    } catch (IOException e) {
      throw failed(e);
    }
    return lines;
  }

  /**
   * Adds a line.
   *
   * @throws CapbenchException if it cannot be written
   */
  public void add(Line line) {
    try {
      Files.writeString(file, text(line), StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    } catch (IOException e) {
      throw failed(e);
    }
  }

  /** Forgets what came after that step, also half a line that was being written. */
  void backTo(long step) {
    StringBuilder kept = new StringBuilder();
    try {
      if (!Files.exists(file)) {
        return;
      }
      for (String text : Files.readAllLines(file)) {
        if (text.endsWith("}") && JSON.readTree(text).path("step").asLong() <= step) {
          kept.append(text).append('\n');
        }
      }
      Files.writeString(file, kept);
    } catch (IOException e) {
      throw failed(e);
    }
  }

  private static String text(Line line) {
    ObjectNode node = JSON.createObjectNode().put("step", line.step());
    line.figures().forEach((name, value) -> node.put(name, Math.round(value * DIGITS) / DIGITS));
    return node + "\n";
  }

  private CapbenchException failed(IOException cause) {
    return new CapbenchException(
        "Cannot keep the log " + file + ": " + cause + ". Check the disk.", cause);
  }
}
