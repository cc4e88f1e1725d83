package io.capbench.engine.weights;

import io.capbench.storage.model.CapbenchException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * The weights of a model, as they were published: one safetensors file, one PyTorch checkpoint, or
 * several of either with an index.
 *
 * <p>Opening reads names and shapes only. Numbers are mapped into memory when asked for; they come
 * from the file system's cache without a copy wherever they lie one after another.
 *
 * <p>Thread-safe. Whoever opens it closes it.
 */
public final class Checkpoint implements AutoCloseable {
  private final Path path;
  private final List<WeightFile> files;
  private final Map<String, StoredTensor> tensors;

  Checkpoint(Path path, List<WeightFile> files, Map<String, StoredTensor> tensors) {
    this.path = path;
    this.files = List.copyOf(files);
    this.tensors = withoutModulePrefix(path, tensors);
  }

  /**
   * Opens weights.
   *
   * @param fileOrFolder a file ({@code .safetensors, .pt, .pth, .bin}), an {@code .index.json}, or
   *     a folder that holds one of them: {@code model.safetensors, open_clip_model.safetensors,
   *     open_clip_pytorch_model.bin, pytorch_model.bin}, an index, else the only file of weights
   * @throws CapbenchException if there are none, or they are damaged, dangerous or of a kind that
   *     is not supported; nothing stays open then
   */
  public static Checkpoint open(Path fileOrFolder) {
    return new CheckpointOpener().open(WeightFolder.locate(fileOrFolder));
  }

  /** What was opened: a file of weights or an index. */
  public Path path() {
    return path;
  }

  /** The files of weights, in order. */
  public List<Path> files() {
    return files.stream().map(WeightFile::path).toList();
  }

  /** All tensors, in the order of the files. */
  public List<TensorInfo> tensors() {
    return tensors.values().stream().map(StoredTensor::info).toList();
  }

  /** What most numbers are stored as. */
  public TensorType mainType() {
    Map<TensorType, Long> sizes =
        tensors().stream()
            .collect(
                Collectors.groupingBy(
                    TensorInfo::type, Collectors.summingLong(TensorInfo::elements)));
    return sizes.entrySet().stream()
        .max(Comparator.comparingLong(Map.Entry::getValue))
        .map(Map.Entry::getKey)
        .orElse(TensorType.F32);
  }

  /** Whether there is a tensor of this name. */
  public boolean has(String name) {
    return tensors.containsKey(name);
  }

  /**
   * Type and shape of a tensor.
   *
   * @throws CapbenchException if there is none of this name
   */
  public TensorInfo info(String name) {
    return tensor(name).info();
  }

  /**
   * The numbers of a tensor as they are stored.
   *
   * @return from position 0 to the limit: read-only or fresh, mapped or direct, little endian, one
   *     number after another (last index fastest), aligned to their type. It may be held for longer
   *     than this stays open.
   * @throws CapbenchException if there is none of this name, if it has more than 2 GB, or if there
   *     is not as much memory
   */
  public ByteBuffer bytes(String name) {
    StoredTensor tensor = tensor(name);
    if (tensor.info().byteLength() > Integer.MAX_VALUE) {
      throw new CapbenchException(
          tensor.what()
              + " has "
              + tensor.info().byteLength()
              + " bytes; one buffer holds at most 2 GB. Use a checkpoint of a smaller model.");
    }
    return tensor.read();
  }

  /**
   * The numbers of a tensor as 32-bit floats: where they lie if they are stored so, else converted
   * into direct memory (F16 and BF16 exactly, F64 rounded).
   *
   * @return as {@link #bytes}
   * @throws CapbenchException as {@link #bytes}, and if the tensor holds whole numbers
   */
  public ByteBuffer floats(String name) {
    StoredTensor tensor = tensor(name);
    TensorType type = tensor.info().type();
    if (!type.floating()) {
      throw new CapbenchException(
          tensor.what()
              + " holds whole numbers ("
              + type
              + ") where weights were expected. Use a checkpoint that was not quantised.");
    }
    ByteBuffer bytes = bytes(name);
    if (type == TensorType.F32) {
      return bytes;
    }
    ByteBuffer floats = DirectMemory.allocate(tensor.info().elements() * 4, tensor::what);
    FloatConversion.convert(type, bytes, floats);
    return floats;
  }

  /**
   * Where the numbers of a tensor lie one after another in a plain file, for somebody who maps it;
   * there is no limit of 2 GB. Empty if they are a view or compressed.
   *
   * @throws CapbenchException if there is none of this name
   */
  public Optional<Place> place(String name) {
    return tensor(name).place();
  }

  /** Closes the files. Buffers that were handed out stay readable. */
  @Override
  public void close() {
    files.forEach(WeightFile::close);
  }

  private StoredTensor tensor(String name) {
    StoredTensor tensor = tensors.get(name);
    if (tensor == null) {
      throw new CapbenchException(
          path
              + " has no tensor "
              + name
              + ". It belongs to another kind of model, or a part of it is missing.");
    }
    return tensor;
  }

  /**
   * As open_clip's {@code load_checkpoint} has it: training on several devices puts {@code module.}
   * before every name; the first name decides.
   */
  private static Map<String, StoredTensor> withoutModulePrefix(
      Path path, Map<String, StoredTensor> tensors) {
    String prefix = "module.";
    Map<String, StoredTensor> renamed = new LinkedHashMap<>();
    boolean strip = !tensors.isEmpty() && tensors.keySet().iterator().next().startsWith(prefix);
    for (Map.Entry<String, StoredTensor> entry : tensors.entrySet()) {
      String key = entry.getKey();
      String name = strip && key.startsWith(prefix) ? key.substring(prefix.length()) : key;
      if (renamed.put(name, entry.getValue().named(name)) != null) {
        throw new CapbenchException(
            path
                + " has tensor "
                + name
                + " twice, with and without "
                + prefix
                + ". Save it again with one of them.");
      }
    }
    return renamed;
  }
}
