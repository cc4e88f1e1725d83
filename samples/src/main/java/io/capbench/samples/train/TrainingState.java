package io.capbench.samples.train;

import ai.djl.ndarray.NDArray;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.capbench.engine.torch.GradientMode;
import io.capbench.engine.weights.Checkpoint;
import io.capbench.engine.weights.SafetensorsWriter;
import io.capbench.engine.weights.TensorInfo;
import io.capbench.engine.weights.TensorType;
import io.capbench.storage.model.CapbenchException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * What a training needs to go on after its end, however that came: {@code state.json} names the
 * step and the file of numbers that belongs to it. Whenever the machine stops, one whole state is
 * there.
 */
public final class TrainingState {
  private static final String STATE = "state.json";
  private static final JsonMapper JSON = JsonMapper.builder().build();

  private final Path folder;
  private final String settings;
  private final Map<String, NDArray> arrays;

  /**
   * How far a training came.
   *
   * @param step the last one that was made, 0 if none
   * @param seconds that it took
   */
  public record Point(long step, double seconds) {}

  /**
   * Keeps arrays in a folder.
   *
   * @param folder made if it is not there
   * @param settings what the training was started with; a state of others is refused
   * @param arrays parameters and memories of optimisers by name, single precision, at least one
   */
  public TrainingState(Path folder, String settings, Map<String, NDArray> arrays) {
    this.folder = folder;
    this.settings = settings;
    this.arrays = new LinkedHashMap<>(arrays);
  }

  /**
   * Brings the arrays to what was saved last.
   *
   * @throws CapbenchException if the folder holds another training, or cannot be read
   */
  public Point restore() {
    Path file = folder.resolve(STATE);
    if (!Files.exists(file)) {
      return new Point(0, 0);
    }
    try {
      JsonNode state = JSON.readTree(Files.readString(file));
      String before = state.path("settings").asText();
      if (!before.equals(settings)) {
        throw new CapbenchException(
            folder
                + " holds a training with other settings ("
                + before
                + ", now "
                + settings
                + "). Name another folder or delete this one.");
      }
      restore(folder.resolve(state.path("numbers").asText()));
      return new Point(state.path("step").asLong(), state.path("seconds").asDouble());
    } catch (IOException e) {
      throw failed("read", e);
    }
  }

  private void restore(Path numbers) {
    try (Checkpoint saved = Checkpoint.open(numbers)) {
      GradientMode.unrecorded(
          () -> {
            arrays.forEach(
                (name, array) -> {
                  ByteBuffer bytes = saved.floats(name).slice().order(ByteOrder.LITTLE_ENDIAN);
                  float[] values = new float[Math.toIntExact(array.size())];
                  bytes.asFloatBuffer().get(values);
                  try (NDArray before = array.getManager().create(values, array.getShape())) {
                    before.copyTo(array);
                  }
                });
            return saved;
          });
    }
  }

  /**
   * Saves the arrays; older states go when the new one is whole.
   *
   * @throws CapbenchException if the folder cannot be written
   */
  public void save(Point point) {
    String name = "step-" + point.step() + ".safetensors";
    try {
      Files.createDirectories(folder);
      write(folder.resolve(name), arrays);
      Path part = folder.resolve(STATE + ".part");
      Files.writeString(
          part,
          JSON.createObjectNode()
                  .put("step", point.step())
                  .put("seconds", Math.round(point.seconds() * 10) / 10.0)
                  .put("numbers", name)
                  .put("settings", settings)
              + "\n");
      Files.move(part, folder.resolve(STATE), StandardCopyOption.REPLACE_EXISTING);
      try (DirectoryStream<Path> states = Files.newDirectoryStream(folder, "step-*.safetensors")) {
        for (Path state : states) {
          if (!state.endsWith(name)) {
            Files.delete(state);
          }
        }
      }
    } catch (IOException e) {
      throw failed("write", e);
    }
  }

  /**
   * Writes arrays to a safetensors file.
   *
   * @param arrays by name, single precision
   * @throws CapbenchException if the file cannot be written
   */
  public static void write(Path file, Map<String, NDArray> arrays) {
    List<TensorInfo> infos =
        arrays.entrySet().stream()
            .map(
                entry ->
                    new TensorInfo(
                        entry.getKey(),
                        TensorType.F32,
                        Arrays.stream(entry.getValue().getShape().getShape()).boxed().toList()))
            .toList();
    SafetensorsWriter.write(
        file,
        infos,
        info -> {
          float[] values = Objects.requireNonNull(arrays.get(info.name())).toFloatArray();
          ByteBuffer bytes =
              ByteBuffer.allocate(values.length * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
          bytes.asFloatBuffer().put(values);
          return bytes;
        });
  }

  private CapbenchException failed(String what, IOException cause) {
    return new CapbenchException(
        "Cannot "
            + what
            + " the state of the training in "
            + folder
            + ": "
            + cause
            + ". Check the disk, or name another folder.",
        cause);
  }
}
