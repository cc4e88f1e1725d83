package io.capbench.engine.run;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.NDScope;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import io.capbench.engine.clip.ClipConfig;
import io.capbench.engine.clip.ClipModel;
import io.capbench.engine.clip.VisionConfig;
import io.capbench.engine.clip.VisionOutput;
import io.capbench.engine.explain.Sigma;
import io.capbench.engine.torch.Layers;
import io.capbench.engine.torch.TorchFailure;
import io.capbench.engine.weights.SafetensorsWriter;
import io.capbench.engine.weights.TensorInfo;
import io.capbench.engine.weights.TensorType;
import io.capbench.storage.job.JobContext;
import io.capbench.storage.model.CapbenchException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Runs a CLIP model on given pixels and token ids and writes everything it says of them. Few images
 * and captions pass at a time, so that memory does not grow with their number.
 */
public final class ClipRun {
  private static final int IMAGES_AT_ONCE = 16;
  private static final int CAPTIONS_AT_ONCE = 64;

  private final ClipModel model;
  private final boolean explain;
  private final @Nullable Sigma grouping;

  /**
   * Prepares a run.
   *
   * @param explain whether relevance maps and attention are written too
   * @param grouping threshold of the grouping whose weights are written, or null for none
   */
  public ClipRun(ClipModel model, boolean explain, @Nullable Sigma grouping) {
    this.model = model;
    this.explain = explain;
    this.grouping = grouping;
  }

  /**
   * Runs.
   *
   * @param inputs a safetensors file with pixel_values [I, 3, H, S] and/or token_ids [T, L]
   * @param outputs the safetensors file to write; one of that name is replaced
   * @param context is told how far it is, and ends it
   * @throws CapbenchException if the tensors do not fit the model, files cannot be read or written,
   *     or there is not enough memory
   * @throws java.util.concurrent.CancellationException if cancelled
   */
  public void run(Path inputs, Path outputs, JobContext context) {
    TorchFailure.explained(
        "running " + model.description().name() + " on " + inputs.getFileName(),
        () -> {
          try (GivenTensors given = GivenTensors.open(inputs);
              NDManager manager = model.newManager();
              NDScope scope = new NDScope()) {
            scope.suppressNotUsedWarning();
            return new Pass(given, outputs, manager, context).write();
          }
        });
  }
}
