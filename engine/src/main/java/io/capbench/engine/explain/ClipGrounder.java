package io.capbench.engine.explain;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import io.capbench.engine.clip.ClipLoader;
import io.capbench.engine.clip.ClipModel;
import io.capbench.engine.clip.TextOutput;
import io.capbench.engine.clip.VisionConfig;
import io.capbench.engine.pixels.ImageRegion;
import io.capbench.engine.pixels.ImageTransform;
import io.capbench.engine.pixels.PixelTensor;
import io.capbench.engine.text.SubCaption;
import io.capbench.engine.tokenizer.ClipTokenizer;
import io.capbench.engine.tokenizer.EncodedCaption;
import io.capbench.engine.tokenizer.TokenSpan;
import io.capbench.engine.torch.DeviceChoice;
import io.capbench.engine.torch.GradientMode;
import io.capbench.engine.torch.Layers;
import io.capbench.engine.torch.TorchFailure;
import io.capbench.storage.image.ImageBytes;
import io.capbench.storage.image.ImageException;
import io.capbench.storage.job.JobContext;
import io.capbench.storage.model.CapbenchException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Grounds sub-captions with a CLIP model. */
public final class ClipGrounder implements Grounder {
  /** Sub-captions that pass the text tower at once; bounds the memory of very long captions. */
  private static final int TEXTS_AT_ONCE = 32;

  private final ClipModel model;
  private final ClipTokenizer tokenizer;
  private final ImageTransform transform;

  /**
   * A grounder.
   *
   * @param model closed with this
   * @param tokenizer fits the model; not closed
   * @param transform fits the model
   */
  public ClipGrounder(ClipModel model, ClipTokenizer tokenizer, ImageTransform transform) {
    this.model = model;
    this.tokenizer = tokenizer;
    this.transform = transform;
  }

  /**
   * Loads a model with the tokenizer that lies beside it.
   *
   * @param path a folder with weights, configuration and tokenizer, or the file of weights in one
   * @param preset name of a configuration to take instead of the one found, or null
   * @param loader loads the weights
   * @param context is told how far it is, and ends it
   * @throws CapbenchException if there is no such model or tokenizer, if it is damaged or of
   *     another kind, or if there is not enough memory
   * @throws java.util.concurrent.CancellationException if cancelled
   */
  public static ClipGrounder open(
      Path path,
      DeviceChoice device,
      @Nullable String preset,
      ClipLoader loader,
      JobContext context) {
    ClipModel model = loader.load(path, device, preset, context);
    try {
      ImageTransform transform = new ImageTransform(model.config().preprocess());
      return new ClipGrounder(model, model.tokenizer(), transform);
    } catch (RuntimeException e) {
      model.close();
      throw e;
    }
  }

  @Override
  public ModelDescription model() {
    return model.description();
  }

  @Override
  public Grounding ground(
      ImageBytes image, String caption, List<SubCaption> subCaptions, JobContext context)
      throws ImageException {
    if (subCaptions.isEmpty()) {
      throw new IllegalArgumentException("Nothing to look for");
    }
    PixelTensor pixels = transform.apply(image);
    List<EncodedCaption> encoded =
        subCaptions.stream().map(part -> tokenizer.encode(part.text())).toList();
    context.checkCancelled();
    return TorchFailure.explained(
        "looking for sub-captions in an image",
        () -> {
          try (NDManager manager = model.newManager()) {
            Shape shape = new Shape(1, 3, pixels.size(), pixels.size());
            NDArray tensor = manager.create(pixels.values(), shape);
            ImagePass pass = new ImagePass(model.vision(), model.logitScale(), tensor);
            return new Grounding(
                model.description().sha256(),
                grid(pixels),
                pass.projected(),
                model.logitScale(),
                pass.rollout(),
                pass.clsAttention(),
                parts(pass, subCaptions, encoded, context));
          }
        });
  }

  private List<SubCaptionGrounding> parts(
      ImagePass pass,
      List<SubCaption> subCaptions,
      List<EncodedCaption> encoded,
      JobContext context) {
    List<SubCaptionGrounding> found = new ArrayList<>();
    for (int from = 0; from < encoded.size(); from += TEXTS_AT_ONCE) {
      List<EncodedCaption> chunk =
          encoded.subList(from, Math.min(encoded.size(), from + TEXTS_AT_ONCE));
      try (NDManager manager = model.newManager()) {
        Texts texts = texts(chunk, manager);
        for (int i = 0; i < chunk.size(); i++) {
          context.checkCancelled();
          found.add(part(pass, subCaptions.get(from + i), chunk.get(i), texts, i));
          context.progress(found.size(), encoded.size(), "sub-captions");
        }
      }
    }
    return List.copyOf(found);
  }

  /**
   * Sub-captions in the joint space, each of length 1.
   *
   * @param features [T, D]
   * @param tokens [T, N, D]
   */
  private record Texts(NDArray features, NDArray tokens) {}

  private Texts texts(List<EncodedCaption> encoded, NDManager manager) {
    return GradientMode.unrecorded(
        () -> {
          TextOutput output =
              model.text().forward(encoded.stream().map(EncodedCaption::ids).toList(), manager);
          return new Texts(
              Layers.normalize(output.features()),
              Layers.scratch(() -> Layers.normalize(model.text().project(output.tokens()))));
        });
  }

  private SubCaptionGrounding part(
      ImagePass pass, SubCaption part, EncodedCaption encoded, Texts texts, int row) {
    try (NDArray feature = texts.features().get(row);
        NDArray tokens = texts.tokens().get(row);
        NDArray text = feature.expandDims(0)) {
      float similarity = pass.similarity(text)[0];
      if (!Float.isFinite(similarity)) {
        throw new CapbenchException(
            model.description().name()
                + " gives numbers that are none (NaN or infinite). Its weights are damaged or"
                + " too large for 32 bits: choose another model.");
      }
      List<PatchMap> perToken = pass.patchSimilarity(tokens);
      List<TokenGrounding> words = new ArrayList<>();
      for (TokenSpan span : encoded.spans()) {
        if (span.position() < perToken.size()) { // not behind what the model reads
          words.add(
              new TokenGrounding(
                  part.start() + span.start(),
                  part.start() + span.end(),
                  perToken.get(span.position())));
        }
      }
      return new SubCaptionGrounding(
          part,
          similarity,
          pass.relevance(feature),
          pass.patchSimilarity(text).get(0),
          List.copyOf(words));
    }
  }

  /** Pixels that fill no whole patch, at the right and at the bottom, are not seen. */
  private PatchGrid grid(PixelTensor pixels) {
    VisionConfig vision = model.config().vision();
    int rows = pixels.size() / vision.patchHeight();
    int columns = pixels.size() / vision.patchWidth();
    ImageRegion region = pixels.region();
    return new PatchGrid(
        rows,
        columns,
        region.left(),
        region.top(),
        region.width() * columns * vision.patchWidth() / pixels.size(),
        region.height() * rows * vision.patchHeight() / pixels.size());
  }

  @Override
  public void close() {
    model.close();
  }
}
