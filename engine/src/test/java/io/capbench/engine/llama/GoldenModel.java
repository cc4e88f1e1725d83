package io.capbench.engine.llama;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.capbench.engine.golden.GoldenFiles;
import io.capbench.engine.weights.Checkpoint;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A small model with random weights, and what transformers computed with it. */
final class GoldenModel implements AutoCloseable {
  private final Path folder;
  private final Checkpoint inputs;
  private final Checkpoint expected;
  private final JsonNode generation;

  GoldenModel(String name) throws IOException {
    folder = GoldenFiles.path(name);
    inputs = Checkpoint.open(folder.resolve("inputs.safetensors"));
    expected = Checkpoint.open(folder.resolve("expected.safetensors"));
    generation = new ObjectMapper().readTree(Files.readString(folder.resolve("generation.json")));
  }

  Path folder() {
    return folder;
  }

  JsonNode generation() {
    return generation;
  }

  /** Tokens of each row of a case, without padding. */
  List<List<Integer>> rows(String name) {
    long[] ids = longs(name + ".input_ids");
    long[] mask = longs(name + ".attention_mask");
    int width = width(name);
    List<List<Integer>> rows = new ArrayList<>();
    for (int start = 0; start < ids.length; start += width) {
      List<Integer> row = new ArrayList<>();
      for (int i = start; i < start + width; i++) {
        if (mask[i] != 0) {
          row.add((int) ids[i]);
        }
      }
      rows.add(row);
    }
    return rows;
  }

  /** Tokens of each row of a case, with padding. */
  int width(String name) {
    return inputs.info(name + ".input_ids").shape().get(1).intValue();
  }

  /**
   * What was computed for one row of a tensor [B, L, n], without padding.
   *
   * @param tokens of the row, which are the last of L
   */
  float[] expected(String tensor, int row, int tokens) {
    List<Long> shape = expected.info(tensor).shape();
    int n = shape.get(2).intValue();
    int width = shape.get(1).intValue();
    ByteBuffer floats = expected.floats(tensor);
    float[] values = new float[tokens * n];
    for (int i = 0; i < values.length; i++) {
      values[i] = floats.getFloat(4 * ((row * width + width - tokens) * n + i));
    }
    return values;
  }

  @Override
  public void close() {
    inputs.close();
    expected.close();
  }

  private long[] longs(String tensor) {
    ByteBuffer bytes = inputs.bytes(tensor);
    long[] values = new long[bytes.remaining() / 8];
    bytes.asLongBuffer().get(values);
    return values;
  }
}
