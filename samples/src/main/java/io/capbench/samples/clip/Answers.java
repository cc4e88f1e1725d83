package io.capbench.samples.clip;

import io.capbench.engine.explain.Grounding;
import io.capbench.engine.explain.GroundingMaps;
import io.capbench.engine.explain.GroundingMethod;
import io.capbench.engine.explain.MapChoice;
import io.capbench.engine.explain.PatchGrid;
import io.capbench.engine.explain.PatchMap;
import io.capbench.engine.explain.SubCaptionGrounding;
import io.capbench.samples.world.Box;
import io.capbench.samples.world.Scene;
import io.capbench.samples.world.Thing;
import java.util.List;

/** Counts right answers of a model. */
final class Answers {
  /** What a tally counts beside the grounding methods. */
  static final String CENTRE = "centre";

  static final String RANDOM = "random patch";
  static final String BOX_AREA = "box area";
  static final String ABSENT = "absent";
  static final String WRONG_COLOUR = "wrong colour";
  static final String WRONG_KIND = "wrong kind";
  static final String TEXT_TO_IMAGE = "text to image";
  static final String IMAGE_TO_TEXT = "image to text";

  /** Put before a name where only combinations that were held out count. */
  static final String HELD_OUT = "held out: ";

  /** Put before a name where the best patch decides in place of the whole picture. */
  static final String BY_PATCH = "by patch: ";

  private final Tally tally = new Tally();

  /** What was counted. */
  Tally tally() {
    return tally;
  }

  /**
   * Counts whether maps peak on the things that are named.
   *
   * @param grounding its first sub-captions name the scene's things, one after the other
   */
  void point(Scene scene, Grounding grounding) {
    for (int i = 0; i < scene.things().size(); i++) {
      Thing thing = scene.things().get(i);
      boolean heldOut = HeldOut.pair(thing.kind(), thing.colour());
      for (GroundingMethod method : GroundingMethod.values()) {
        PatchMap map = GroundingMaps.map(grounding, i, MapChoice.of(method));
        boolean hit = inside(grounding.grid(), peak(map), scene, thing.box());
        tally.add(method.id(), hit);
        if (heldOut) {
          tally.add(HELD_OUT + method.id(), hit);
        }
      }
      Box box = thing.box();
      double all = (double) scene.width() * scene.height();
      tally.add(BOX_AREA, box.area() / all);
      tally.add(CENTRE, contains(box, scene.width() / 2.0, scene.height() / 2.0));
      int inside = 0;
      for (int patch = 0; patch < grounding.grid().patches(); patch++) {
        inside += inside(grounding.grid(), patch, scene, box) ? 1 : 0;
      }
      tally.add(RANDOM, (double) inside / grounding.grid().patches());
    }
  }

  private static int peak(PatchMap map) {
    int best = 0;
    for (int i = 1; i < map.patches(); i++) {
      if (map.get(i) > map.get(best)) {
        best = i;
      }
    }
    return best;
  }

  /** Whether a patch's middle lies in a box. */
  static boolean inside(PatchGrid grid, int patch, Scene scene, Box box) {
    int above = patch / grid.columns();
    double column = (patch % grid.columns() + 0.5) / grid.columns();
    double row = (above + 0.5) / grid.rows();
    return contains(
        box,
        (grid.left() + column * grid.width()) * scene.width(),
        (grid.top() + row * grid.height()) * scene.height());
  }

  private static boolean contains(Box box, double x, double y) {
    return x >= box.x() && x < box.x() + box.w() && y >= box.y() && y < box.y() + box.h();
  }

  /**
   * Counts whether false sub-captions are less like the picture than every true one.
   *
   * @param grounding after a sub-caption for each thing it has three false ones: absent, wrong
   *     colour, wrong kind
   */
  void compare(Scene scene, Grounding grounding) {
    List<SubCaptionGrounding> all = grounding.subCaptions();
    int trueOnes = scene.things().size();
    List<String> names = List.of(ABSENT, WRONG_COLOUR, WRONG_KIND);
    double least = Double.POSITIVE_INFINITY;
    double leastPatch = Double.POSITIVE_INFINITY;
    for (SubCaptionGrounding part : all.subList(0, trueOnes)) {
      least = Math.min(least, part.similarity());
      leastPatch = Math.min(leastPatch, best(part.patchSimilarity()));
    }
    for (int i = 0; i < names.size(); i++) {
      SubCaptionGrounding part = all.get(trueOnes + i);
      tally.add(names.get(i), part.similarity() < least);
      tally.add(BY_PATCH + names.get(i), best(part.patchSimilarity()) < leastPatch);
    }
  }

  private static double best(PatchMap map) {
    return map.get(peak(map));
  }

  /**
   * Counts whether each picture finds its own caption among all, and each caption its picture.
   *
   * @param images [I][D] each of length 1
   * @param texts [I][D] each of length 1, in the same order
   */
  void retrieve(List<float[]> images, List<float[]> texts) {
    for (int i = 0; i < images.size(); i++) {
      boolean image = true;
      boolean text = true;
      double own = dot(images.get(i), texts.get(i));
      for (int j = 0; j < images.size(); j++) {
        image &= j == i || dot(images.get(j), texts.get(i)) < own;
        text &= j == i || dot(images.get(i), texts.get(j)) < own;
      }
      tally.add(TEXT_TO_IMAGE, image);
      tally.add(IMAGE_TO_TEXT, text);
    }
  }

  private static double dot(float[] a, float[] b) {
    double sum = 0;
    for (int i = 0; i < a.length; i++) {
      sum += a[i] * b[i];
    }
    return sum;
  }
}
