package io.capbench.engine.weights;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadFeature;
import io.capbench.storage.model.CapbenchException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The header of a safetensors file: 8 bytes length, little endian; as many bytes of JSON, {@code
 * {"name": {"dtype": "F32", "shape": [2, 3], "data_offsets": [0, 24]}, ...}}; then the numbers,
 * which the offsets count from.
 *
 * <p>As the format says, tensors lie within the file, have as many bytes as their shape needs, and
 * do not overlap. Bytes that belong to no tensor are let be.
 */
final class SafetensorsHeader {
  /** What the reference implementation allows. */
  static final int MAX_BYTES = 100_000_000;

  private static final int LENGTH_BYTES = 8;
  private static final int MAX_TENSORS = 200_000;
  private static final int MAX_SIZES = 64;
  private static final JsonFactory JSON =
      JsonFactory.builder().enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION).build();

  private final WeightFile file;
  private final long dataStart;

  private SafetensorsHeader(WeightFile file, long dataStart) {
    this.file = file;
    this.dataStart = dataStart;
  }

  /**
   * Reads the tensors of a file, in the order of its header.
   *
   * @throws CapbenchException if the file is damaged
   */
  static Map<String, StoredTensor> read(WeightFile file) {
    if (file.size() < LENGTH_BYTES) {
      throw damaged(file, "it has only " + file.size() + " bytes");
    }
    long length = file.map(0, LENGTH_BYTES).getLong(0);
    if (length < 2 || length > MAX_BYTES) {
      throw damaged(
          file,
          "its header claims "
              + Long.toUnsignedString(length)
              + " bytes, of 2 to "
              + MAX_BYTES
              + " that are allowed");
    }
    if (length > file.size() - LENGTH_BYTES) {
      throw damaged(
          file, "its header claims " + length + " bytes, and the whole file has " + file.size());
    }
    SafetensorsHeader header = new SafetensorsHeader(file, LENGTH_BYTES + length);
    try {
      return header.parse(file.map(LENGTH_BYTES, (int) length));
    } catch (IOException | ArithmeticException | IllegalArgumentException e) {
      throw damaged(file, "its header is not as the format says (" + e.getMessage() + ")", e);
    }
  }

  private Map<String, StoredTensor> parse(ByteBuffer header) throws IOException {
    Map<String, StoredTensor> tensors = new LinkedHashMap<>();
    try (JsonParser json = JSON.createParser(new BufferInput(header))) {
      require(json.nextToken() == JsonToken.START_OBJECT, "no object");
      while (json.nextToken() == JsonToken.FIELD_NAME) {
        String name = json.currentName();
        json.nextToken();
        if (name.equals("__metadata__")) {
          json.skipChildren();
        } else {
          require(tensors.size() < MAX_TENSORS, "more than " + MAX_TENSORS + " tensors");
          tensors.put(name, tensor(name, json));
        }
      }
      require(json.currentToken() == JsonToken.END_OBJECT, "cut off");
      require(json.nextToken() == null, "text after the end");
    }
    refuseOverlaps(tensors);
    return tensors;
  }

  private StoredTensor tensor(String name, JsonParser json) throws IOException {
    require(json.currentToken() == JsonToken.START_OBJECT, "tensor " + name + " is no object");
    String type = null;
    List<Long> shape = null;
    List<Long> offsets = null;
    while (json.nextToken() == JsonToken.FIELD_NAME) {
      String field = json.currentName();
      json.nextToken();
      switch (field) {
        case "dtype" -> type = json.getText();
        case "shape" -> shape = numbers(name, json);
        case "data_offsets" -> offsets = numbers(name, json);
        default -> json.skipChildren();
      }
    }
    if (type == null || shape == null || offsets == null || offsets.size() != 2) {
      throw new IllegalArgumentException(
          "tensor " + name + " lacks dtype, shape or two data_offsets");
    }
    TensorInfo info = new TensorInfo(name, typeOf(name, type), shape);
    long start = offsets.get(0);
    long end = offsets.get(1);
    long room = file.size() - dataStart;
    if (start < 0 || end < start) {
      throw damaged(file, "tensor " + name + " lies at " + offsets);
    }
    if (end > room) {
      throw damaged(
          file,
          "tensor "
              + name
              + " ends at byte "
              + end
              + " of the data, of which the file has "
              + room
              + "; it is cut off");
    }
    if (end - start != info.byteLength()) {
      throw damaged(
          file,
          "tensor "
              + name
              + " "
              + type
              + shape
              + " needs "
              + info.byteLength()
              + " bytes and has "
              + (end - start));
    }
    return StoredTensor.contiguous(info, file.whole(), dataStart + start);
  }

  private TensorType typeOf(String name, String type) {
    return TensorType.ofSafetensors(type)
        .orElseThrow(
            () ->
                new CapbenchException(
                    file.path()
                        + " holds tensor "
                        + name
                        + " in "
                        + type
                        + ", which is not supported. Use the model's F32, F16 or BF16 files."));
  }

  private static List<Long> numbers(String name, JsonParser json) throws IOException {
    require(json.currentToken() == JsonToken.START_ARRAY, "tensor " + name + " has no list");
    List<Long> numbers = new ArrayList<>(4);
    while (json.nextToken() == JsonToken.VALUE_NUMBER_INT) {
      require(numbers.size() < MAX_SIZES, "tensor " + name + " has too many sizes");
      numbers.add(json.getLongValue());
    }
    require(
        json.currentToken() == JsonToken.END_ARRAY,
        "tensor " + name + " has something else than whole numbers");
    return numbers;
  }

  private void refuseOverlaps(Map<String, StoredTensor> tensors) {
    List<StoredTensor> byOffset = new ArrayList<>(tensors.values());
    byOffset.removeIf(tensor -> tensor.info().byteLength() == 0);
    byOffset.sort(Comparator.comparingLong(StoredTensor::offset));
    for (int i = 1; i < byOffset.size(); i++) {
      StoredTensor before = byOffset.get(i - 1);
      StoredTensor tensor = byOffset.get(i);
      if (before.offset() + before.info().byteLength() > tensor.offset()) {
        throw damaged(
            file,
            "tensors "
                + before.info().name()
                + " and "
                + tensor.info().name()
                + " lie over each other");
      }
    }
  }

  private static void require(boolean condition, String otherwise) {
    if (!condition) {
      throw new IllegalArgumentException(otherwise);
    }
  }

  private static CapbenchException damaged(WeightFile file, String cause) {
    return damaged(file, cause, null);
  }

  private static CapbenchException damaged(WeightFile file, String cause, @Nullable Exception e) {
    return new CapbenchException(
        file.path() + " is not a whole safetensors file: " + cause + ". Copy or download it again.",
        e);
  }
}
