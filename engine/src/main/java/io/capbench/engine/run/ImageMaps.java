package io.capbench.engine.run;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import io.capbench.engine.clip.ClipModel;
import io.capbench.engine.explain.Grouping;
import io.capbench.engine.explain.ImagePass;
import io.capbench.engine.explain.PatchMap;
import io.capbench.engine.explain.Sigma;
import io.capbench.storage.job.JobContext;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What captions look at, one image after another. */
final class ImageMaps {

  private final ClipModel model;
  private final GivenTensors given;
  private final boolean explain;
  private final @Nullable Sigma grouping;
  private final JobContext context;
  private int current = -1;
  private Maps maps = new Maps(PatchMap.of(), PatchMap.of(), List.of(), List.of(), List.of());

  /** Maps of one image; the lists have one for each caption, or none that was not asked for. */
  private record Maps(
      PatchMap clsAttention,
      PatchMap rollout,
      List<PatchMap> last,
      List<PatchMap> all,
      List<PatchMap> weights) {}

  ImageMaps(
      ClipModel model,
      GivenTensors given,
      boolean explain,
      @Nullable Sigma grouping,
      JobContext context) {
    this.model = model;
    this.given = given;
    this.explain = explain;
    this.grouping = grouping;
    this.context = context;
  }

  /**
   * Adds the maps of all images.
   *
   * @param patches P
   * @param captions [T, D] of length 1, or null for maps of images alone
   */
  void add(Results results, long patches, @Nullable NDArray captions) {
    long count = captions == null ? 0 : captions.getShape().get(0);
    for (int i = 0; i < given.images(); i++) {
      int image = i;
      String prefix = "image" + i + ".";
      long[] perCaption = {count, patches};
      if (explain && captions != null) {
        results.addFloats(
            prefix + "last.relevance", perCaption, () -> flat(of(image, captions).last()));
        results.addFloats(
            prefix + "all.relevance", perCaption, () -> flat(of(image, captions).all()));
      }
      if (explain) {
        long[] single = {patches};
        results.addFloats(
            prefix + "attention_cls_last",
            single,
            () -> of(image, captions).clsAttention().toArray());
        results.addFloats(
            prefix + "attention_rollout", single, () -> of(image, captions).rollout().toArray());
      }
      if (grouping != null && captions != null) {
        results.addFloats(
            prefix + "weights", perCaption, () -> flat(of(image, captions).weights()));
      }
    }
  }

  /** The maps of an image; those of the image before are forgotten. */
  private Maps of(int image, @Nullable NDArray captions) {
    if (image != current) {
      maps = compute(image, captions);
      current = image;
      context.progress(image + 1L, given.images(), "images explained");
    }
    return maps;
  }

  private Maps compute(int image, @Nullable NDArray captions) {
    try (NDManager manager = model.newManager()) {
      NDArray pixels = Encoding.pixels(given, image, image + 1, manager);
      ImagePass pass = new ImagePass(model.vision(), model.logitScale(), pixels);
      List<PatchMap> last = new ArrayList<>();
      List<PatchMap> all = new ArrayList<>();
      List<PatchMap> weights = new ArrayList<>();
      long count = captions == null ? 0 : captions.getShape().get(0);
      for (int t = 0; t < count && captions != null; t++) {
        context.checkCancelled();
        if (explain) {
          try (NDArray text = captions.get(t)) {
            List<PatchMap> relevance = pass.relevance(text);
            last.add(relevance.get(relevance.size() - 1));
            all.add(relevance.get(0));
          }
        }
        Sigma sigma = grouping;
        if (sigma != null) {
          try (NDArray text = captions.get(t);
              NDArray row = text.expandDims(0)) {
            PatchMap similarity = pass.patchSimilarity(row).get(0);
            weights.add(
                Grouping.weights(similarity, sigma)
                    .orElseGet(() -> PatchMap.of(new float[similarity.patches()])));
          }
        }
      }
      return new Maps(pass.clsAttention(), pass.rollout(), last, all, weights);
    }
  }

  private static float[] flat(List<PatchMap> maps) {
    int patches = maps.isEmpty() ? 0 : maps.get(0).patches();
    float[] all = new float[maps.size() * patches];
    for (int i = 0; i < maps.size(); i++) {
      System.arraycopy(maps.get(i).toArray(), 0, all, i * patches, patches);
    }
    return all;
  }
}
