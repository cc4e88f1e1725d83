package io.capbench.samples.clip;

import io.capbench.engine.explain.Grounding;
import io.capbench.engine.explain.SubCaptionGrounding;
import io.capbench.engine.text.SubCaption;
import io.capbench.engine.text.SubCaptionRule;
import io.capbench.engine.text.SubCaptions;
import io.capbench.samples.caption.CaptionWriter;
import io.capbench.samples.caption.Captions;
import io.capbench.samples.caption.Fault;
import io.capbench.samples.caption.Planted;
import io.capbench.samples.caption.Track;
import io.capbench.samples.world.Scene;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Long captions with one sentence that is invented: by how much each sentence's logit is below the
 * best of its caption, and which margin tells invented sentences from true ones.
 */
final class InventedSentences {
  private static final CaptionWriter.Plan INVENTED =
      new CaptionWriter.Plan(Fault.NONE, Fault.NONE, false, true, Track.CAPSFUSION, false);

  private final List<Gap> gaps;

  /**
   * A sentence.
   *
   * @param logits below the best of its caption
   */
  private record Gap(double logits, boolean invented) {}

  private InventedSentences(List<Gap> gaps) {
    this.gaps = List.copyOf(gaps);
  }

  /**
   * Looks at a caption of every scene.
   *
   * @param folder of the model
   * @param cache for what the loader remembers
   */
  static InventedSentences of(Path folder, Path cache, List<Scene> scenes) {
    CaptionWriter writer = new CaptionWriter();
    List<Gap> gaps = new ArrayList<>();
    try (SceneGrounder grounder = new SceneGrounder(folder, cache)) {
      for (Scene scene : scenes) {
        Captions captions = writer.write(scene, scene, INVENTED, 0);
        String caption = captions.detailed();
        List<SubCaption> parts = SubCaptions.split(caption, SubCaptionRule.SENTENCES);
        add(grounder.ground(grounder.picture(scene), caption, parts), captions.planted(), gaps);
      }
    }
    return new InventedSentences(gaps);
  }

  private static void add(Grounding grounding, List<Planted> planted, List<Gap> gaps) {
    double best =
        grounding.subCaptions().stream()
            .mapToDouble(SubCaptionGrounding::similarity)
            .max()
            .orElseThrow();
    for (SubCaptionGrounding part : grounding.subCaptions()) {
      SubCaption text = part.subCaption();
      boolean invented =
          planted.stream()
              .anyMatch(
                  one ->
                      one.track() == Track.LONG_CAPTION
                          && one.start() < text.end()
                          && text.start() < one.end());
      gaps.add(new Gap(grounding.logitScale() * (best - part.similarity()), invented));
    }
  }

  /**
   * The margin, in tenths of a logit, at which the fewest of both sorts are taken for the other;
   * the middle one if there are several.
   */
  double margin() {
    double most = gaps.stream().mapToDouble(Gap::logits).max().orElse(0);
    int first = 0;
    int last = 0;
    double best = Double.NEGATIVE_INFINITY;
    for (int tenths = 0; tenths <= 10 * most; tenths++) {
      double at = tenths / 10.0;
      double right = weak(true, at) - weak(false, at);
      if (right > best) {
        best = right;
        first = tenths;
      }
      if (right == best) {
        last = tenths;
      }
    }
    return Math.round((first + last) / 2.0) / 10.0;
  }

  /**
   * How many sentences are weakly grounded.
   *
   * @param invented whether of the invented ones, instead of the true ones
   * @param margin in logits
   * @return percent
   */
  double weak(boolean invented, double margin) {
    long all = gaps.stream().filter(gap -> gap.invented() == invented).count();
    long weak =
        gaps.stream().filter(gap -> gap.invented() == invented && gap.logits() > margin).count();
    return 100.0 * weak / all;
  }
}
