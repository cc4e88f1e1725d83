package io.capbench.engine.clip;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.index.NDIndex;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import io.capbench.engine.torch.Ops;
import io.capbench.engine.weights.Checkpoint;
import io.capbench.engine.weights.TensorInfo;
import io.capbench.storage.job.JobContext;
import io.capbench.storage.model.CapbenchException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;

/**
 * Turns the tensors of a checkpoint into arrays, by open_clip's names. On the processor, arrays lie
 * where the file is mapped wherever it can be read as it is; whoever keeps arrays keeps {@link
 * #buffers} too.
 */
final class ClipWeights implements WeightSource {
  private static final int NAMED = 10;

  /** Numbers converted at a time. */
  private static final int CHUNK = 1 << 20;

  private final Checkpoint checkpoint;
  private final TensorNames names;
  private final NDManager manager;
  private final Ops ops;
  private final JobContext context;
  private final int total;
  private final List<ByteBuffer> buffers = new ArrayList<>();
  private final List<String> notFinite = new ArrayList<>();
  private long parameters;
  private int done;

  /**
   * Reads from a checkpoint whose tensors were checked.
   *
   * @param manager owns the arrays
   * @param context is told how far it is, and ends it
   */
  ClipWeights(
      Checkpoint checkpoint, TensorNames names, NDManager manager, Ops ops, JobContext context) {
    this.checkpoint = checkpoint;
    this.names = names;
    this.manager = manager;
    this.ops = ops;
    this.context = context;
    this.total = checkpoint.tensors().size();
  }

  /**
   * Reads one tensor. Projections come as linear layers have them, [out, in].
   *
   * @throws java.util.concurrent.CancellationException if cancelled
   */
  @Override
  public NDArray get(String name) {
    context.checkCancelled();
    List<String> stored = names.stored(name);
    NDArray array = stored.size() == 1 ? read(stored.get(0)) : stack(stored);
    parameters += array.size();
    done += stored.size();
    context.progress(done, total, "tensors");
    if (!ops.isFinite(array)) {
      notFinite.addAll(stored);
    }
    boolean projection = name.equals("visual.proj") || name.equals("text_projection");
    return projection && !names.turned(name) ? array.transpose() : array;
  }

  /** Reads a tensor of one number. */
  float number(String name) {
    try (NDArray array = get(name)) {
      return array.toFloatArray()[0];
    }
  }

  /** How many numbers were read. */
  long parameters() {
    return parameters;
  }

  /** What arrays lie in. */
  List<ByteBuffer> buffers() {
    return List.copyOf(buffers);
  }

  /**
   * Checks what was read.
   *
   * @throws CapbenchException if a number is none
   */
  void checkFinite() {
    if (!notFinite.isEmpty()) {
      String first = String.join(", ", notFinite.subList(0, Math.min(NAMED, notFinite.size())));
      int more = notFinite.size() - NAMED;
      throw new CapbenchException(
          checkpoint.path()
              + " has numbers that are none (NaN or infinite) in "
              + first
              + (more > 0 ? " and " + more + " more" : "")
              + ". Its training failed or the file is damaged: download it again.");
    }
  }

  private NDArray read(String stored) {
    TensorInfo info = checkpoint.info(stored);
    Shape shape = new Shape(info.shape().stream().mapToLong(Long::longValue).toArray());
    return switch (info.type()) {
      case F16 -> widened(stored, shape, DataType.FLOAT16);
      case F64 -> widened(stored, shape, DataType.FLOAT64);
      case BF16 -> bfloat16(stored, shape);
      default -> {
        // Native code takes the address of the buffer, whatever its position.
        ByteBuffer data = checkpoint.floats(stored).slice().order(ByteOrder.LITTLE_ENDIAN);
        if (!manager.getDevice().isGpu()) {
          buffers.add(data);
        }
        yield manager.create(data, shape, DataType.FLOAT32);
      }
    };
  }

  /** Converted into native memory, which Java's limits do not count. */
  private NDArray widened(String stored, Shape shape, DataType type) {
    ByteBuffer data = checkpoint.bytes(stored).slice().order(ByteOrder.LITTLE_ENDIAN);
    try (NDArray array = manager.create(data, shape, type)) {
      return array.toType(DataType.FLOAT32, true);
    }
  }

  /** DJL can make no array of this type from Java; its numbers are the upper halves of floats. */
  private NDArray bfloat16(String stored, Shape shape) {
    ByteBuffer data = checkpoint.bytes(stored).slice().order(ByteOrder.LITTLE_ENDIAN);
    ByteBuffer chunk =
        ByteBuffer.allocateDirect(CHUNK * Float.BYTES).order(ByteOrder.nativeOrder());
    int size = Math.toIntExact(shape.size());
    try (NDArray flat = manager.create(new Shape(size), DataType.FLOAT32)) {
      for (int from = 0; from < size; from += CHUNK) {
        int count = Math.min(CHUNK, size - from);
        for (int i = 0; i < count; i++) {
          chunk.putInt(i * Float.BYTES, data.getShort((from + i) * Short.BYTES) << Short.SIZE);
        }
        try (NDArray part = manager.create(chunk, new Shape(count), DataType.FLOAT32)) {
          flat.set(new NDIndex("{}:{}", from, from + count), part);
        }
      }
      return flat.reshape(shape);
    }
  }

  /** Puts tensors one below the other. */
  private NDArray stack(List<String> stored) {
    NDList parts = new NDList();
    for (String part : stored) {
      parts.add(read(part));
    }
    try (parts) {
      return NDArrays.concat(parts, 0);
    }
  }
}
