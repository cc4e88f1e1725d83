package io.capbench.samples.clip;

import io.capbench.engine.explain.Grounding;
import io.capbench.engine.pixels.PixelTensor;
import io.capbench.engine.score.ClipSpace;
import io.capbench.engine.text.SubCaption;
import io.capbench.samples.caption.CaptionWriter;
import io.capbench.samples.caption.Fault;
import io.capbench.samples.caption.Track;
import io.capbench.samples.world.Dice;
import io.capbench.samples.world.Scene;
import io.capbench.samples.world.Thing;
import io.capbench.storage.image.ImageBytes;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * Measures a model as users get it: loaded from its folder, given encoded pictures, asked through
 * the grounder. Sub-captions are "a red teapot": no word says where it stands.
 */
final class ClipEvaluation {
  private static final int GROUP = 100;

  private final Answers answers = new Answers();
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
    try (SceneGrounder grounder = new SceneGrounder(folder, cache)) {
      for (int i = 0; i < scenes.size(); i++) {
        evaluation.look(scenes.get(i), grounder, new Dice(Dice.mixed(seed, i)));
      }
      evaluation.retrieve(grounder.space());
    }
    return evaluation.answers.tally();
  }

  private void look(Scene scene, SceneGrounder grounder, Dice dice) {
    ImageBytes image = grounder.picture(scene);
    pictures.add(grounder.pixels(image));
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
        grounder.ground(image, captions.get(captions.size() - 1), List.copyOf(parts));
    answers.point(scene, grounding);
    answers.compare(scene, grounding);
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

  /** Finds a caption among a hundred, and a picture. */
  private void retrieve(ClipSpace space) {
    for (int from = 0; from + GROUP <= pictures.size(); from += GROUP) {
      List<float[]> images = new ArrayList<>();
      for (int i = from; i < from + GROUP; i++) {
        images.add(space.images(List.of(pictures.get(i)))[0]);
      }
      float[][] texts = space.captions(captions.subList(from, from + GROUP));
      answers.retrieve(images, List.of(texts));
    }
  }
}
