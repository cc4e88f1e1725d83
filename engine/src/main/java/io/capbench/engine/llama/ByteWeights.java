package io.capbench.engine.llama;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import io.capbench.engine.torch.DecoderOps;
import io.capbench.engine.torch.NumberType;
import io.capbench.engine.torch.WeightReader;
import io.capbench.engine.weights.Checkpoint;
import io.capbench.engine.weights.SafetensorsWriter;
import io.capbench.engine.weights.TensorInfo;
import io.capbench.engine.weights.TensorType;
import io.capbench.storage.job.JobContext;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map.Entry;

/**
 * Writes a model's weights with the layers' matrices as signed bytes: each row is divided by a
 * scale that makes its largest number 127, and rounded. Everything else becomes bfloat16. The file
 * is written once and mapped ever after.
 */
final class ByteWeights {
  /** What the names of scales end with, in place of {@code .weight}. */
  static final String SCALES = ".scales";

  private static final String WEIGHT = ".weight";

  private final LlamaConfig config;
  private final Checkpoint checkpoint;
  private final NDManager manager;

  /**
   * Prepares.
   *
   * @param checkpoint stays the caller's
   * @param manager on the processor, the caller's
   */
  ByteWeights(LlamaConfig config, Checkpoint checkpoint, NDManager manager) {
    this.config = config;
    this.checkpoint = checkpoint;
    this.manager = manager;
  }

  /**
   * Writes the file.
   *
   * @throws io.capbench.storage.model.CapbenchException if weights cannot be read, or the disk is
   *     full
   */
  void write(Path file, JobContext context) {
    List<TensorInfo> tensors = tensors();
    DecoderOps ops = new DecoderOps(manager);
    List<NDArray> written = new ArrayList<>();
    try (WeightReader reader = new WeightReader(checkpoint, manager)) {
      SafetensorsWriter.write(
          file,
          tensors,
          info -> {
            context.checkCancelled();
            context.progress(written.size(), tensors.size(), "tensors");
            // The writer has read a buffer when it asks for the next: it may be the tensor's own.
            written.forEach(NDArray::close);
            written.add(numbers(info, reader, ops));
            return written.get(written.size() - 1).toByteBuffer(true);
          });
    }
  }

  private List<TensorInfo> tensors() {
    List<TensorInfo> tensors = new ArrayList<>();
    for (Entry<String, List<Long>> expected : LlamaTensors.expected(config).entrySet()) {
      String name = expected.getKey();
      List<Long> shape = expected.getValue();
      boolean bytes = LlamaTensors.inLayer(name) && shape.size() == 2;
      tensors.add(new TensorInfo(name, bytes ? TensorType.I8 : TensorType.BF16, shape));
      if (bytes) {
        tensors.add(new TensorInfo(scales(name), TensorType.F32, shape.subList(0, 1)));
      }
    }
    return tensors;
  }

  private NDArray numbers(TensorInfo info, WeightReader reader, DecoderOps ops) {
    if (info.type() == TensorType.BF16) {
      return reader.copy(info.name(), NumberType.BF16);
    }
    String weight = info.name().replace(SCALES, WEIGHT);
    try (NDArray whole = reader.copy(weight, reader.stored(weight))) {
      NDArray scales = ops.scales(whole);
      if (info.type() == TensorType.F32) {
        return scales;
      }
      try (scales) {
        return ops.quantize(whole, scales);
      }
    }
  }

  private static String scales(String weight) {
    return weight.substring(0, weight.length() - WEIGHT.length()) + SCALES;
  }
}
