package io.capbench.engine.torch;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
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
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Brings the tensors of a checkpoint to a device. On the processor, tensors that keep their type
 * stay where they are: their file is mapped and shared with everybody who maps it. All others pass
 * through one buffer as large as the largest of them, so that loading needs no more memory than the
 * model and that buffer. For one thread, and for one load: close it when the model is there.
 */
public final class WeightReader implements AutoCloseable {
  private static final String CODE =
      """
      class Ops(Module):
        __parameters__ = []
        __buffers__ = []
        training : bool
        _is_full_backward_hook : Optional[bool]
        def map_file(self: __torch__.Ops, path: str, n: int, type: int) -> Tensor:
          return torch.from_file(path, False, n, dtype=type)
        def part(self: __torch__.Ops, x: Tensor, offset: int, n: int, shape: List[int]) -> Tensor:
          return torch.view(torch.narrow(x, 0, offset, n), shape)
        def typed(self: __torch__.Ops, x: Tensor, stored: int, shape: List[int], device: str, type: int) -> Tensor:
          return torch.to(torch.view(torch.view_copy(x, dtype=stored), shape), torch.device(device), type, False, True)
      """;

  private final Checkpoint checkpoint;
  private final NDManager manager;
  private final ScriptMethods script;
  private final Map<Mapped, NDArray> mapped = new HashMap<>();
  private final NDManager processor;
  private ByteBuffer buffer = ByteBuffer.allocateDirect(0);

  /**
   * Reads for a manager.
   *
   * @param checkpoint stays the caller's, and open until this is closed
   * @param manager what the tensors will belong to, and the device they go to
   */
  public WeightReader(Checkpoint checkpoint, NDManager manager) {
    this.checkpoint = checkpoint;
    this.manager = manager;
    this.processor = manager.newSubManager(TorchDevice.PROCESSOR.device());
    this.script = new ScriptMethods(processor, CODE);
  }

  /**
   * The type that a tensor is stored in.
   *
   * @throws CapbenchException if it holds no fractions
   */
  public NumberType stored(String name) {
    TensorType type = checkpoint.info(name).type();
    return switch (type) {
      case F64 -> NumberType.F64;
      case F32 -> NumberType.F32;
      case F16 -> NumberType.F16;
      case BF16 -> NumberType.BF16;
      default ->
          throw new CapbenchException(
              checkpoint.path()
                  + ": tensor "
                  + name
                  + " holds whole numbers ("
                  + type
                  + ") where weights were expected. Use a checkpoint that was not quantised.");
    };
  }

  /**
   * A tensor on the manager's device.
   *
   * @param type what its numbers shall be
   * @throws CapbenchException if it is not there, not readable, or there is not enough memory
   */
  public NDArray tensor(String name, NumberType type) {
    TensorInfo info = checkpoint.info(name);
    NumberType stored = stored(name);
    Optional<Place> place = checkpoint.place(name);
    boolean there =
        stored == type && !manager.getDevice().isGpu() && info.elements() > 0 && littleEndian();
    if (there && place.isPresent() && place.get().offset() % type.bytes() == 0) {
      return part(place.get(), info, type);
    }
    return TorchFailure.explained(
        "the tensor " + name + " of " + checkpoint.path(),
        () -> {
          try (NDArray bytes = bytes(name, place)) {
            long[] shape = shape(info).getShape();
            String device = TorchDevice.torchName(manager);
            return script.tensor(
                manager, "typed", bytes, stored.code(), shape, device, type.code());
          }
        });
  }

  /** Frees what loading needed; the tensors stay. */
  @Override
  public void close() {
    mapped.values().forEach(NDArray::close);
    processor.close();
    buffer = ByteBuffer.allocateDirect(0);
  }

  private NDArray part(Place place, TensorInfo info, NumberType type) {
    NDArray file =
        mapped.computeIfAbsent(new Mapped(place.file(), type), key -> map(place.file(), type));
    long first = place.offset() / type.bytes();
    return script.tensor(manager, "part", file, first, info.elements(), shape(info).getShape());
  }

  private NDArray map(Path file, NumberType type) {
    return TorchFailure.explained(
        "mapping " + file,
        () -> {
          try (FileChannel channel = FileChannel.open(file)) {
            long numbers = channel.size() / type.bytes();
            return script.tensor(processor, "map_file", file.toString(), numbers, type.code());
          } catch (IOException e) {
            throw unreadable(file, e);
          }
        });
  }

  /** The tensor's bytes as they are stored, [bytes]. */
  private NDArray bytes(String name, Optional<Place> place) {
    ByteBuffer bytes =
        place.isPresent() ? read(place.get()) : checkpoint.bytes(name).duplicate().rewind();
    return processor.create(bytes, new Shape(bytes.remaining()), DataType.UINT8);
  }

  private ByteBuffer read(Place place) {
    if (place.length() > Integer.MAX_VALUE) {
      throw new CapbenchException(
          place.file()
              + " has a tensor of more than 2 GB that has to be converted. Load the model in the"
              + " precision it is stored in.");
    }
    int length = (int) place.length();
    if (buffer.capacity() < length) {
      buffer = ByteBuffer.allocateDirect(length).order(ByteOrder.LITTLE_ENDIAN);
    }
    ByteBuffer target = buffer.duplicate().clear().limit(length);
    try (FileChannel channel = FileChannel.open(place.file())) {
      long at = place.offset();
      while (target.hasRemaining()) {
        int n = channel.read(target, at);
        if (n < 0) {
          throw new CapbenchException(
              place.file() + " has become shorter since it was opened. Open the model again.");
        }
        at += n;
      }
    } catch (IOException e) {
      throw unreadable(place.file(), e);
    }
    return target.flip();
  }

  private static boolean littleEndian() {
    return ByteOrder.nativeOrder() == ByteOrder.LITTLE_ENDIAN;
  }

  private static Shape shape(TensorInfo info) {
    return new Shape(info.shape().stream().mapToLong(Long::longValue).toArray());
  }

  private static CapbenchException unreadable(Path file, IOException cause) {
    return new CapbenchException(
        "Cannot read "
            + file
            + ": "
            + cause.getMessage()
            + ". Check that the file may be read and that its disk is there.",
        cause);
  }

  private record Mapped(Path file, NumberType type) {}
}
