package io.capbench.engine.weights;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import io.capbench.storage.model.CapbenchException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;

/** Writes tensors to a safetensors file, one at a time, so that a model need not fit in memory. */
public final class SafetensorsWriter {
  /** Where the numbers begin in the file; as much as any processor's wide loads want. */
  private static final int ALIGNMENT = 64;

  private SafetensorsWriter() {}

  /**
   * Writes a file, which appears under its name only when it is whole; one of that name is
   * replaced. Tensors of wide types come first, so that all are aligned; otherwise they keep their
   * order.
   *
   * @param tensors names, types and shapes; names differ
   * @param numbers gives each tensor's numbers when its turn comes: as many bytes as it has, from
   *     position to limit, little endian; the buffer is read before the next is asked for
   * @throws CapbenchException if the file cannot be written
   */
  public static void write(
      Path file, List<TensorInfo> tensors, Function<TensorInfo, ByteBuffer> numbers) {
    List<TensorInfo> ordered = new ArrayList<>(tensors);
    ordered.sort(Comparator.comparingInt(info -> -info.type().bytes()));
    Path part = file.resolveSibling(file.getFileName() + ".part");
    try {
      try (FileChannel out =
          FileChannel.open(
              part,
              StandardOpenOption.CREATE,
              StandardOpenOption.TRUNCATE_EXISTING,
              StandardOpenOption.WRITE)) {
        writeAll(out, header(ordered));
        for (TensorInfo info : ordered) {
          ByteBuffer content = numbers.apply(info).duplicate();
          if (content.remaining() != info.byteLength()) {
            throw new IllegalArgumentException(
                info + " came with " + content.remaining() + " bytes");
          }
          writeAll(out, content);
        }
        out.force(true);
      }
      Files.move(part, file, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      delete(part, e);
      throw new CapbenchException(
          "Cannot write "
              + file
              + ": "
              + e.getMessage()
              + ". Check that the disk has room and that you may write to the folder.",
          e);
    } catch (RuntimeException e) {
      delete(part, e);
      throw e;
    }
  }

  private static ByteBuffer header(List<TensorInfo> tensors) throws IOException {
    ByteArrayOutputStream text = new ByteArrayOutputStream();
    Set<String> names = new HashSet<>();
    try (JsonGenerator json = new JsonFactory().createGenerator(text)) {
      json.writeStartObject();
      long offset = 0;
      for (TensorInfo info : tensors) {
        if (!names.add(info.name())) {
          throw new IllegalArgumentException("two tensors are called " + info.name());
        }
        json.writeObjectFieldStart(info.name());
        json.writeStringField("dtype", info.type().safetensorsName());
        json.writeArrayFieldStart("shape");
        for (long size : info.shape()) {
          json.writeNumber(size);
        }
        json.writeEndArray();
        json.writeArrayFieldStart("data_offsets");
        json.writeNumber(offset);
        offset += info.byteLength();
        json.writeNumber(offset);
        json.writeEndArray();
        json.writeEndObject();
      }
      json.writeEndObject();
    }
    while ((Long.BYTES + text.size()) % ALIGNMENT != 0) {
      text.write(' ');
    }
    return ByteBuffer.allocate(Long.BYTES + text.size())
        .order(ByteOrder.LITTLE_ENDIAN)
        .putLong(text.size())
        .put(text.toByteArray())
        .flip();
  }

  private static void writeAll(FileChannel out, ByteBuffer bytes) throws IOException {
    while (bytes.hasRemaining()) {
      out.write(bytes);
    }
  }

  private static void delete(Path part, Exception because) {
    try {
      Files.deleteIfExists(part);
    } catch (IOException e) {
      because.addSuppressed(e);
    }
  }
}
