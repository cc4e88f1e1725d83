package io.capbench.samples.clip;

import io.capbench.engine.text.SubCaption;
import io.capbench.engine.text.SubCaptionRule;
import io.capbench.engine.text.SubCaptions;
import io.capbench.samples.world.Kind;
import io.capbench.samples.world.Scene;
import io.capbench.storage.image.ImageBytes;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.Collectors;

/**
 * How long a person waits for all maps of six sub-captions, the picture's decoding counted.
 *
 * @param median seconds
 * @param longest seconds
 */
record GroundingTime(double median, double longest) {
  private static final int PARTS = 6;
  private static final int WARM_UP = 10;
  private static final double NANOS = 1e9;

  /**
   * Measures.
   *
   * @param folder of the model
   * @param cache for what the loader remembers
   * @param scenes one look each, the first ten to warm up
   */
  static GroundingTime of(Path folder, Path cache, List<Scene> scenes) {
    String caption =
        List.of(Kind.values()).subList(0, PARTS).stream()
            .map(kind -> "There is " + Statements.plain(kind, kind.colours().get(0)).text() + ".")
            .collect(Collectors.joining(" "));
    List<SubCaption> parts = SubCaptions.split(caption, SubCaptionRule.SENTENCES);
    List<Double> seconds = new ArrayList<>();
    try (SceneGrounder grounder = new SceneGrounder(folder, cache)) {
      for (int i = 0; i < scenes.size(); i++) {
        ImageBytes picture = grounder.picture(scenes.get(i));
        long start = System.nanoTime();
        grounder.ground(picture, caption, parts);
        if (i >= WARM_UP) {
          seconds.add((System.nanoTime() - start) / NANOS);
        }
      }
    }
    Collections.sort(seconds);
    return new GroundingTime(seconds.get(seconds.size() / 2), seconds.get(seconds.size() - 1));
  }
}
