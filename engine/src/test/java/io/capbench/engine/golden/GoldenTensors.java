package io.capbench.engine.golden;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;

/**
 * A small safetensors file among the test resources, read by itself so that nothing tests itself.
 */
public final class GoldenTensors {
  private final byte[] file;
  private final JsonNode header;
  private final int data;

  /** Reads "golden/" and the name. */
  public GoldenTensors(String name) {
    try (InputStream in = GoldenTensors.class.getResourceAsStream("/golden/" + name)) {
      file = in.readAllBytes();
      data = 8 + (int) ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN).getLong();
      header = new ObjectMapper().readTree(Arrays.copyOfRange(file, 8, data));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Whether there is a tensor of that name. */
  public boolean has(String name) {
    return header.has(name);
  }

  /** A tensor of F32. */
  public float[] floats(String name) {
    ByteBuffer bytes = ByteBuffer.wrap(bytes(name)).order(ByteOrder.LITTLE_ENDIAN);
    float[] floats = new float[bytes.remaining() / Float.BYTES];
    bytes.asFloatBuffer().get(floats);
    return floats;
  }

  /** A tensor of U8, or any tensor's memory. */
  public byte[] bytes(String name) {
    JsonNode offsets = header.get(name).get("data_offsets");
    return Arrays.copyOfRange(file, data + offsets.get(0).asInt(), data + offsets.get(1).asInt());
  }
}
