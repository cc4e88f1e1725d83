package io.capbench.samples.clip;

import io.capbench.engine.clip.ClipLoader;
import io.capbench.engine.clip.ClipModel;
import io.capbench.engine.explain.ClipGrounder;
import io.capbench.engine.explain.Grounding;
import io.capbench.engine.explain.GroundingMaps;
import io.capbench.engine.explain.GroundingMethod;
import io.capbench.engine.explain.MapChoice;
import io.capbench.engine.explain.PatchGrid;
import io.capbench.engine.explain.PatchMap;
import io.capbench.engine.explain.SubCaptionGrounding;
import io.capbench.engine.pixels.ImageTransform;
import io.capbench.engine.pixels.PixelTensor;
import io.capbench.engine.score.ClipSpace;
import io.capbench.engine.text.SubCaption;
import io.capbench.engine.torch.DeviceChoice;
import io.capbench.samples.Picture;
import io.capbench.samples.caption.CaptionWriter;
import io.capbench.samples.caption.Fault;
import io.capbench.samples.caption.Track;
import io.capbench.samples.draw.ScenePainter;
import io.capbench.samples.world.Box;
import io.capbench.samples.world.Dice;
import io.capbench.samples.world.Scene;
import io.capbench.samples.world.Thing;
import io.capbench.storage.image.ImageBytes;
import io.capbench.storage.image.ImageException;
import io.capbench.storage.image.ImageInspector;
import io.capbench.storage.job.JobContext;
import io.capbench.storage.model.CapbenchException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * Measures a model as users get it: loaded from its folder, given encoded pictures, asked through
 * the grounder. Sub-captions are "a red teapot": no word says where it stands.
 */
final class ClipEvaluation {
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

  private static final int GROUP = 100;

  private final Tally tally = new Tally();
  private final ScenePainter painter = new ScenePainter();
  private final ImageInspector inspector = new ImageInspector();
  private final CaptionWriter writer = new CaptionWriter();
  private final Statements statements = new Statements();
  private final List<PixelTensor> pictures = new ArrayList<>();
  private final List<String> captions = new ArrayList<>();

  /**
   * Measures.
   *
   * @param folder of the model
   * @param cache for what the loader remembers
   * @param scenes that no training has seen
   * @param seed of the false sub-captions
   */
  static Tally of(Path folder, Path cache, List<Scene> scenes, long seed) {
    ClipEvaluation evaluation = new ClipEvaluation();
    try (ClipModel model =
        new ClipLoader(cache).load(folder, DeviceChoice.CPU, null, JobContext.unwatched())) {
      ImageTransform transform = new ImageTransform(model.config().preprocess());
      ClipGrounder grounder = new ClipGrounder(model, model.tokenizer(), transform);
      ClipSpace space = new ClipSpace(model);
      for (int i = 0; i < scenes.size(); i++) {
        evaluation.look(scenes.get(i), grounder, space, new Dice(Dice.mixed(seed, i)));
      }
      evaluation.retrieve(space);
    } catch (ImageException e) {
      throw new CapbenchException("A painted picture does not decode: " + e.getMessage(), e);
    }
    return evaluation.tally;
  }

  private void look(Scene scene, ClipGrounder grounder, ClipSpace space, Dice dice)
      throws ImageException {
    ImageBytes image =
        inspector.inspect(Picture.encode(painter.paint(scene), "scene.jpg"), "scene.jpg");
    pictures.add(space.prepare(image));
    captions.add(
        Objects.requireNonNull(
            writer
                .write(
                    scene,
                    scene,
                    new CaptionWriter.Plan(
                        Fault.NONE, Fault.NONE, false, false, Track.CAPSFUSION, false),
                    0)
                .synthetic()));
    List<SubCaption> parts = new ArrayList<>();
    for (Thing thing : scene.things()) {
      add(parts, Statements.plain(thing.kind(), thing.colour()).text());
    }
    add(parts, plain(statements.absent(scene, false, dice)));
    add(parts, plain(statements.wrongColour(scene, false, dice)));
    add(parts, plain(statements.wrongKind(scene, false, dice)));
    Grounding grounding =
        grounder.ground(
            image, String.join(". ", captions), List.copyOf(parts), JobContext.unwatched());
    point(scene, grounding);
    compare(scene, grounding);
  }

  /** In the words of the true ones, so that nothing but what it claims tells it from them. */
  private static String plain(Statement statement) {
    Claim.Seen seen = statement.claim().things().get(0);
    return Statements.plain(seen.kind(), Objects.requireNonNull(seen.colour())).text();
  }

  private static void add(List<SubCaption> parts, String text) {
    int start = parts.isEmpty() ? 0 : parts.get(parts.size() - 1).end() + 2;
    parts.add(new SubCaption(text, start, start + text.length()));
  }

  private void point(Scene scene, Grounding grounding) {
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

  /** False sub-captions come after the true ones: absent, colour, kind. */
  private void compare(Scene scene, Grounding grounding) {
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

  /** Finds a caption among a hundred, and a picture. */
  private void retrieve(ClipSpace space) {
    for (int from = 0; from + GROUP <= pictures.size(); from += GROUP) {
      List<float[]> images = new ArrayList<>();
      for (int i = from; i < from + GROUP; i++) {
        images.add(space.images(List.of(pictures.get(i)))[0]);
      }
      float[][] texts = space.captions(captions.subList(from, from + GROUP));
      for (int i = 0; i < GROUP; i++) {
        boolean image = true;
        boolean text = true;
        double own = dot(images.get(i), texts[i]);
        for (int j = 0; j < GROUP; j++) {
          image &= j == i || dot(images.get(j), texts[i]) < own;
          text &= j == i || dot(images.get(i), texts[j]) < own;
        }
        tally.add(TEXT_TO_IMAGE, image);
        tally.add(IMAGE_TO_TEXT, text);
      }
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
