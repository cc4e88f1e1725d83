package io.capbench.engine.run;

import io.capbench.engine.weights.Checkpoint;
import io.capbench.engine.weights.Place;
import io.capbench.engine.weights.TensorInfo;
import io.capbench.engine.weights.TensorType;
import io.capbench.storage.model.CapbenchException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The tensors that a CLIP model is run on, read a few rows at a time. */
final class GivenTensors implements AutoCloseable {
  static final String PIXELS = "pixel_values";
  static final String IDS = "token_ids";

  private final Path file;
  private final Checkpoint tensors;
  private final @Nullable TensorInfo pixels;
  private final @Nullable TensorInfo ids;

  private GivenTensors(Path file, Checkpoint tensors) {
    this.file = file;
    this.tensors = tensors;
    this.pixels = tensors.has(PIXELS) ? tensors.info(PIXELS) : null;
    this.ids = tensors.has(IDS) ? tensors.info(IDS) : null;
  }

  /**
   * Opens a file.
   *
   * @throws CapbenchException if it has neither pixels nor token ids, or some of other shapes or
   *     types
   */
  static GivenTensors open(Path file) {
    Checkpoint tensors = Checkpoint.open(file);
    try {
      GivenTensors given = new GivenTensors(file, tensors);
      given.check();
      return given;
    } catch (RuntimeException e) {
      tensors.close();
      throw e;
    }
  }

  private void check() {
    TensorInfo image = pixels;
    TensorInfo caption = ids;
    if (image == null && caption == null) {
      throw new CapbenchException(
          file
              + " has neither "
              + PIXELS
              + " [images, 3, height, width] nor "
              + IDS
              + " [captions, tokens]. It has "
              + tensors.tensors().stream().map(TensorInfo::name).limit(10).toList()
              + ".");
    }
    if (image != null) {
      boolean fits = image.shape().size() == 4 && image.shape().get(1) == 3 && !empty(image);
      if (!fits || !image.type().floating()) {
        throw wrong(file, image, "floats [images, 3, height, width], at least one of each");
      }
    }
    if (caption != null) {
      boolean fits = caption.shape().size() == 2 && !empty(caption);
      if (!fits || caption.type().floating() || caption.type() == TensorType.BOOL) {
        throw wrong(file, caption, "whole numbers [captions, tokens], at least one of each");
      }
    }
  }

  /** A tensor of another type or shape than expected. */
  static CapbenchException wrong(Path file, TensorInfo info, String expected) {
    return new CapbenchException(
        file
            + ": "
            + info.name()
            + " is "
            + info.type()
            + " "
            + info.shape()
            + "; it has to be "
            + expected
            + ".");
  }

  private static boolean empty(TensorInfo info) {
    return info.shape().contains(0L);
  }

  /** I, 0 if there are no pixels. */
  int images() {
    return pixels == null ? 0 : Math.toIntExact(pixels.shape().get(0));
  }

  /** Pixels from top to bottom. */
  int height() {
    return pixels == null ? 0 : Math.toIntExact(pixels.shape().get(2));
  }

  /** Pixels from left to right. */
  int width() {
    return pixels == null ? 0 : Math.toIntExact(pixels.shape().get(3));
  }

  /** T, 0 if there are no token ids. */
  int captions() {
    return ids == null ? 0 : Math.toIntExact(ids.shape().get(0));
  }

  /**
   * Some images.
   *
   * @return [to - from, 3, H, W] 32-bit floats, direct, from position 0
   * @throws CapbenchException if the file cannot be read
   */
  ByteBuffer pixels(int from, int to) {
    TensorInfo info = tensors.info(PIXELS);
    long numbers = info.elements() / images();
    if (info.type() != TensorType.F32 || tensors.place(PIXELS).isEmpty()) {
      int bytes = Math.toIntExact(numbers * Float.BYTES);
      return tensors
          .floats(PIXELS)
          .slice(from * bytes, (to - from) * bytes)
          .order(ByteOrder.LITTLE_ENDIAN);
    }
    long bytes = numbers * Float.BYTES;
    Place place = tensors.place(PIXELS).get();
    ByteBuffer buffer =
        ByteBuffer.allocateDirect(Math.toIntExact((to - from) * bytes))
            .order(ByteOrder.LITTLE_ENDIAN);
    read(buffer, place, from * bytes);
    return buffer.flip();
  }

  private void read(ByteBuffer buffer, Place place, long offset) {
    try (FileChannel in = FileChannel.open(place.file())) {
      long position = place.offset() + offset;
      while (buffer.hasRemaining()) {
        int count = in.read(buffer, position);
        if (count < 0) {
          throw new IOException("it ends too early");
        }
        position += count;
      }
    } catch (IOException e) {
      throw new CapbenchException(file + " cannot be read: " + e.getMessage() + ".", e);
    }
  }

  /**
   * Some captions.
   *
   * @return rows of L token ids
   * @throws CapbenchException if an id has more than 32 bits
   */
  List<int[]> ids(int from, int to) {
    TensorInfo info = tensors.info(IDS);
    int length = Math.toIntExact(info.shape().get(1));
    ByteBuffer bytes = tensors.bytes(IDS).duplicate().order(ByteOrder.LITTLE_ENDIAN);
    List<int[]> rows = new ArrayList<>();
    for (int row = from; row < to; row++) {
      int[] values = new int[length];
      for (int i = 0; i < length; i++) {
        long value = number(bytes, info.type(), row * length + i);
        if (value != (int) value) {
          throw new CapbenchException(file + ": " + IDS + " has " + value + ", which is no token.");
        }
        values[i] = (int) value;
      }
      rows.add(values);
    }
    return rows;
  }

  private static long number(ByteBuffer bytes, TensorType type, int index) {
    return switch (type) {
      case I64 -> bytes.getLong(index * Long.BYTES);
      case I32 -> bytes.getInt(index * Integer.BYTES);
      case I16 -> bytes.getShort(index * Short.BYTES);
      case U8 -> Byte.toUnsignedInt(bytes.get(index));
      default -> bytes.get(index);
    };
  }

  @Override
  public void close() {
    tensors.close();
  }
}
