package io.capbench.engine.weights;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** Writes safetensors files of any content, right or wrong. */
final class Safetensors {
  private Safetensors() {}

  static Path write(Path file, String header, byte[] data) throws IOException {
    return write(file, header.getBytes(StandardCharsets.UTF_8), data);
  }

  static Path write(Path file, byte[] header, byte[] data) throws IOException {
    ByteBuffer bytes =
        ByteBuffer.allocate(8 + header.length + data.length).order(ByteOrder.LITTLE_ENDIAN);
    bytes.putLong(header.length).put(header).put(data);
    return Files.write(file, bytes.array());
  }

  static String tensor(String name, String type, String shape, long start, long end) {
    return "\"%s\":{\"dtype\":\"%s\",\"shape\":%s,\"data_offsets\":[%d,%d]}"
        .formatted(name, type, shape, start, end);
  }
}
