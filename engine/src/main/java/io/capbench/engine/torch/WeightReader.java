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
 * through a small buffer, so that loading needs no more memory than the model. For one thread, and
 * for one load: close it when the model is there.
 */
public final class WeightReader implements AutoCloseable {
  private static final int CHUNK = 16 << 20;
  private static final int BYTES_ALIGNED = 64;

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
        def room(self: __torch__.Ops, n: int, type: int, device: str) -> Tensor:
          return torch.empty([n], dtype=type, device=torch.device(device))
        def fill(self: __torch__.Ops, room: Tensor, x: Tensor, offset: int, stored: int) -> Tensor:
          part = torch.view_copy(x, dtype=stored)
          return torch.copy_(torch.narrow(room, 0, offset, torch.size(part, 0)), part)
      """;

  private final Checkpoint checkpoint;
  private final NDManager manager;
  private final ScriptMethods script;
  private final Map<Mapped, NDArray> mapped = new HashMap<>();
  private final NDManager processor;
  private final ByteBuffer buffer = ByteBuffer.allocateDirect(CHUNK).order(ByteOrder.LITTLE_ENDIAN);

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
   * @throws CapbenchException if it holds neither fractions nor signed bytes
   */
  public NumberType stored(String name) {
    TensorType type = checkpoint.info(name).type();
    return switch (type) {
      case F64 -> NumberType.F64;
      case F32 -> NumberType.F32;
      case F16 -> NumberType.F16;
      case BF16 -> NumberType.BF16;
      case I8 -> NumberType.INT8;
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
    if (there && place.isPresent() && place.get().offset() % alignment(type) == 0) {
      return part(place.get(), info, type);
    }
    return copy(name, type);
  }

  /**
   * A tensor on the manager's device in memory of its own, whatever {@link #tensor} would do.
   *
   * @param type what its numbers shall be
   * @throws CapbenchException as {@link #tensor}
   */
  public NDArray copy(String name, NumberType type) {
    TensorInfo info = checkpoint.info(name);
    return TorchFailure.explained(
        "the tensor " + name + " of " + checkpoint.path(),
        () -> {
          String device = TorchDevice.torchName(manager);
          try (NDArray room =
              script.tensor(manager, "room", info.elements(), type.code(), device)) {
            fill(room, info);
            return script.tensor(manager, "part", room, 0, info.elements(), shape(info).getShape());
          }
        });
  }

  /** Frees what loading needed; the tensors stay. */
  @Override
  public void close() {
    mapped.values().forEach(NDArray::close);
    processor.close();
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

  /** Brings a tensor's numbers into a tensor of another type, a part at a time. */
  private void fill(NDArray room, TensorInfo info) {
    NumberType stored = stored(info.name());
    Optional<Place> place = checkpoint.place(info.name());
    if (place.isEmpty()) {
      ByteBuffer bytes = checkpoint.bytes(info.name());
      for (int at = 0; at < bytes.capacity() && at < info.byteLength(); at += CHUNK) {
        int length = (int) Math.min(CHUNK, info.byteLength() - at);
        put(room, bytes.slice(at, length), at / stored.bytes(), stored);
      }
      return;
    }
    Path file = place.get().file();
    try (FileChannel channel = FileChannel.open(file)) {
      long length = place.get().length();
      for (long at = 0; at < length; at += CHUNK) {
        ByteBuffer part = buffer.clear().limit((int) Math.min(CHUNK, length - at));
        read(file, channel, part, place.get().offset() + at);
        put(room, part.flip(), at / stored.bytes(), stored);
      }
    } catch (IOException e) {
      throw unreadable(file, e);
    }
  }

  private void put(NDArray room, ByteBuffer bytes, long at, NumberType stored) {
    try (NDArray part = processor.create(bytes, new Shape(bytes.remaining()), DataType.UINT8)) {
      script.run("fill", room, part, at, stored.code());
    }
  }

  private static void read(Path file, FileChannel channel, ByteBuffer part, long offset)
      throws IOException {
    long at = offset;
    while (part.hasRemaining()) {
      int n = channel.read(part, at);
      if (n < 0) {
        throw new CapbenchException(
            file + " has become shorter since it was opened. Open the model again.");
      }
      at += n;
    }
  }

  /** PyTorch's kernels for bytes load them in a way that ends the process elsewhere. */
  private static int alignment(NumberType type) {
    return type == NumberType.INT8 ? BYTES_ALIGNED : type.bytes();
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
