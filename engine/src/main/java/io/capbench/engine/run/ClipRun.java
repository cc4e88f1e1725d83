package io.capbench.engine.run;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import io.capbench.engine.clip.ClipModel;
import io.capbench.engine.clip.VisionConfig;
import io.capbench.engine.explain.Sigma;
import io.capbench.engine.torch.Layers;
import io.capbench.engine.torch.TorchFailure;
import io.capbench.storage.job.JobContext;
import io.capbench.storage.model.CapbenchException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * Runs a CLIP model on given pixels and token ids and writes everything it says of them. Few images
 * and captions pass at a time, so that memory does not grow with what is given.
 */
public final class ClipRun {
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
              Spool local = new Spool(outputs);
              NDManager manager = model.newManager()) {
            check(inputs, given);
            Results results = new Results();
            compute(results, given, local, manager, context);
            results.write(outputs);
            return outputs;
          }
        });
  }

  private void check(Path inputs, GivenTensors given) {
    if (explain && given.images() == 0) {
      throw new CapbenchException(
          inputs + " has no " + GivenTensors.PIXELS + "; without images nothing can be explained.");
    }
    if (grouping != null && (given.images() == 0 || given.captions() == 0)) {
      throw new CapbenchException(
          inputs
              + " needs both "
              + GivenTensors.PIXELS
              + " and "
              + GivenTensors.IDS
              + " for grouping.");
    }
  }

  private void compute(
      Results results, GivenTensors given, Spool local, NDManager manager, JobContext context) {
    Encoding encoding = new Encoding(model, given, context);
    long embedDim = model.config().embedDim();
    VisionConfig vision = model.config().vision();
    long patches =
        (long) (given.height() / vision.patchHeight()) * (given.width() / vision.patchWidth());
    NDArray images = null;
    if (given.images() > 0) {
      NDArray features = encoding.images(manager, local);
      NDArray normalised = Layers.normalize(features);
      long[] shape = {given.images(), embedDim};
      results.add("image_features", shape, () -> features);
      results.add("image_features_norm", shape, normalised::duplicate);
      results.add(
          "local_tokens", local::content, given.images(), patches, vision.transformer().width());
      images = normalised;
    }
    NDArray captions = null;
    if (given.captions() > 0) {
      NDArray features = encoding.captions(manager);
      NDArray normalised = Layers.normalize(features);
      long[] shape = {given.captions(), embedDim};
      results.add("text_features", shape, () -> features);
      results.add("text_features_norm", shape, normalised::duplicate);
      captions = normalised;
    }
    if (images != null && captions != null) {
      compare(results, images, captions);
    }
    if (explain || grouping != null) {
      new ImageMaps(model, given, explain, grouping, context).add(results, patches, captions);
    }
  }

  private void compare(Results results, NDArray images, NDArray captions) {
    long[] shape = {images.getShape().get(0), captions.getShape().get(0)};
    results.add("logits_per_image", shape, () -> model.logits(images, captions));
    results.add("cosine_similarity", shape, () -> images.matMul(captions.transpose()));
  }
}
