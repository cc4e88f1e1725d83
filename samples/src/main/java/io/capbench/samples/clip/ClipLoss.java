package io.capbench.samples.clip;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import io.capbench.engine.clip.AttentionHook;
import io.capbench.engine.clip.TextTower;
import io.capbench.engine.clip.VisionOutput;
import io.capbench.engine.clip.VisionTower;
import io.capbench.engine.torch.Layers;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * How far a model is from telling which text belongs to which picture, and which patch. Recorded.
 */
final class ClipLoss {
  /** Below it a stretched similarity counts nothing in DreamLIP's grouping. */
  private static final double SIGMA = 0.3;

  private static final double TINY = 1e-6;

  private final VisionTower vision;
  private final TextTower text;
  private final NDArray globalScale;
  private final NDArray localScale;
  private final Calibration calibration;
  private final LocalLoss local;

  /**
   * A loss.
   *
   * @param globalScale [] logarithm of what cosines with whole pictures are multiplied by
   * @param localScale [] the same for patches
   */
  ClipLoss(
      VisionTower vision,
      TextTower text,
      NDArray globalScale,
      NDArray localScale,
      Calibration calibration,
      LocalLoss local) {
    this.vision = vision;
    this.text = text;
    this.globalScale = globalScale;
    this.localScale = localScale;
    this.calibration = calibration;
    this.local = local;
  }

  /**
   * The loss of a batch.
   *
   * @param pixels [B, 3, S, S]
   * @param ids [T][L]
   * @param manager owns all that is made
   * @param figures is told the parts
   * @return []
   */
  NDArray of(
      Batch batch,
      NDArray pixels,
      List<int[]> ids,
      NDManager manager,
      Map<String, Double> figures) {
    VisionOutput seen = vision.forward(pixels, AttentionHook.NONE);
    NDArray pictures = Layers.normalize(seen.features());
    NDArray texts = Layers.normalize(texts(ids, manager));
    Contrast contrast = new Contrast(batch, manager);
    NDArray cosines = texts.matMul(pictures.transpose());
    NDArray ranked = contrast.loss(cosines, globalScale);
    NDArray calibrated = calibration.loss(cosines, batch, manager);
    figures.put("global", (double) ranked.getFloat());
    figures.put("calibration", (double) calibrated.getFloat());
    NDArray loss = ranked.add(calibrated);
    if (local == LocalLoss.NONE) {
      return loss;
    }
    NDArray patches = Layers.normalize(vision.projectPatches(seen.localTokens()));
    if (local != LocalLoss.GROUPING) {
      NDArray best = contrast.loss(best(texts, patches), localScale);
      figures.put("best patch", (double) best.getFloat());
      loss = loss.add(best);
    }
    if (local != LocalLoss.BEST_PATCH) {
      NDArray grouped = grouped(batch, texts, patches, manager);
      figures.put("grouping", (double) grouped.getFloat());
      loss = loss.add(grouped);
    }
    return loss;
  }

  /** Cosine of each text and the patch of each picture that is most alike (FILIP): [T, B]. */
  private static NDArray best(NDArray texts, NDArray patches) {
    Shape shape = patches.getShape();
    NDArray flat = patches.reshape(shape.get(0) * shape.get(1), shape.get(2));
    return texts
        .matMul(flat.transpose())
        .reshape(texts.getShape().get(0), shape.get(0), shape.get(1))
        .max(new int[] {2});
  }

  /**
   * DreamLIP's loss within each picture (Zheng et al. 2024, Eq. 6-9): patches are put together by
   * their stretched similarity with a text, and belong to that text and to none of the others.
   */
  private NDArray grouped(Batch batch, NDArray texts, NDArray patches, NDManager manager) {
    long pictures = patches.getShape().get(0);
    long each = batch.perScene();
    NDArray own =
        texts.get("0:" + batch.trueTexts()).reshape(pictures, each, patches.getShape().get(2));
    NDArray similarity = own.matMul(patches.swapAxes(1, 2)); // [B, K, P]
    NDArray least = similarity.min(new int[] {2}, true);
    NDArray range = similarity.max(new int[] {2}, true).sub(least);
    NDArray stretched =
        similarity.sub(least).div(range.add(manager.full(new Shape(), (float) TINY)));
    NDArray kept =
        stretched.mul(stretched.stopGradient().gte(SIGMA).toType(DataType.FLOAT32, true));
    NDArray weights = kept.div(kept.sum(new int[] {2}, true));
    NDArray groups = Layers.normalize(weights.matMul(patches)); // [B, K, D]
    NDArray logits = own.matMul(groups.swapAxes(1, 2)).mul(localScale.exp());
    NDArray mask = manager.create(batch.sameThings(), new Shape(pictures, each, each));
    NDArray diagonal = manager.eye((int) each);
    NDArray there = logits.add(mask).logSoftmax(2).mul(diagonal).sum();
    NDArray back = logits.swapAxes(1, 2).add(mask).logSoftmax(2).mul(diagonal).sum();
    return Layers.scale(there.add(back), -0.5 / (pictures * each));
  }

  /** Features of texts, the short ones apart from the long ones: [T, D]. */
  private NDArray texts(List<int[]> ids, NDManager manager) {
    int[] lengths = ids.stream().mapToInt(text::pooledPosition).toArray();
    List<Integer> order =
        IntStream.range(0, ids.size())
            .boxed()
            .sorted(Comparator.comparingInt(i -> lengths[i]))
            .toList();
    List<Integer> brief = order.subList(0, 2 * order.size() / 3);
    List<Integer> rest = order.subList(brief.size(), order.size());
    NDList parts = new NDList();
    for (List<Integer> part : List.of(brief, rest)) {
      List<int[]> rows = new ArrayList<>();
      part.forEach(i -> rows.add(ids.get(i)));
      parts.add(text.forward(rows, manager, AttentionHook.NONE).features());
    }
    long[] places = new long[ids.size()];
    for (int i = 0; i < places.length; i++) {
      places[order.get(i)] = i;
    }
    NDArray rows = Layers.rowNumbers(manager, places, new Shape(places.length));
    return Layers.embedding(rows, NDArrays.concat(parts, 0));
  }

  /** Tells which texts and pictures of a batch belong together, and which are not to be told. */
  private static final class Contrast {
    private final NDArray otherPictures;
    private final NDArray otherTexts;
    private final NDArray ownPicture;
    private final NDArray ownText;
    private final NDArray pictureRows;
    private final int trueTexts;

    Contrast(Batch batch, NDManager manager) {
      this.trueTexts = batch.trueTexts();
      int pictures = batch.world().size();
      int texts = batch.texts().size();
      this.otherPictures = manager.create(batch.otherPictures(), new Shape(trueTexts, pictures));
      this.otherTexts = manager.create(batch.otherTexts(), new Shape(trueTexts, texts));
      float[] picture = new float[trueTexts * pictures];
      float[] text = new float[trueTexts * texts];
      long[] rows = new long[trueTexts];
      for (int i = 0; i < trueTexts; i++) {
        rows[i] = batch.picture(i);
        picture[i * pictures + batch.picture(i)] = 1;
        text[i * texts + i] = 1;
      }
      this.ownPicture = manager.create(picture, new Shape(trueTexts, pictures));
      this.ownText = manager.create(text, new Shape(trueTexts, texts));
      this.pictureRows = Layers.rowNumbers(manager, rows, new Shape(trueTexts));
    }

    /**
     * InfoNCE both ways.
     *
     * @param cosines [T, B]
     * @param scale [] logarithm
     */
    NDArray loss(NDArray cosines, NDArray scale) {
      NDArray logits = cosines.mul(scale.exp());
      NDArray ofTexts =
          logits.get("0:" + trueTexts).add(otherPictures).logSoftmax(1).mul(ownPicture).sum();
      NDArray ofPictures =
          Layers.embedding(pictureRows, logits.transpose())
              .add(otherTexts)
              .logSoftmax(1)
              .mul(ownText)
              .sum();
      return Layers.scale(ofTexts.add(ofPictures), -0.5 / trueTexts);
    }
  }
}
