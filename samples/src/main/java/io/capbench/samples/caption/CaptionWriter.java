package io.capbench.samples.caption;

import io.capbench.samples.world.Dice;
import io.capbench.samples.world.Scene;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Writes all captions of a scene. The same scene, plan and salt give the same captions. */
public final class CaptionWriter {
  private static final AltText NOTHING = new AltText("", Map.of(), "", "", "");

  private final Names names = new SampleNames();
  private final AltTextWriter altTexts = new AltTextWriter(names);
  private final SyntheticWriter synthetic = new SyntheticWriter();
  private final FusedWriter fused = new FusedWriter(names);
  private final DetailedWriter detailed = new DetailedWriter();

  /**
   * What to do wrong.
   *
   * @param fused in the fused caption
   * @param synthetic in the captioner's sentence: NONE, OBJECT, ATTRIBUTE or COUNT
   * @param copied whether the fused caption repeats the captioner's mistake
   * @param detailed whether a sentence of the long caption is invented
   * @param missing a track that the row lacks: LAION_2B or LAION_COCO; any other for none
   * @param wordy whether the alt-text is a page full of search words
   */
  public record Plan(
      Fault fused,
      Fault synthetic,
      boolean copied,
      boolean detailed,
      Track missing,
      boolean wordy) {}

  /**
   * Writes them.
   *
   * @param other a scene whose alt-text is taken where the plan wants mismatched parents
   * @param salt another number gives other words for the same scene
   */
  public Captions write(Scene scene, Scene other, Plan plan, int salt) {
    Dice dice = new Dice(Dice.mixed(scene.seed(), 1000L + salt));
    boolean mismatched = plan.fused() == Fault.MISMATCHED_PARENTS;
    AltText alt =
        plan.wordy()
            ? altTexts.wordy(scene, dice)
            : altTexts.write(mismatched ? other : scene, dice);
    boolean raw = plan.missing() != Track.LAION_2B;
    boolean seen = plan.missing() != Track.LAION_COCO;
    Glimpse truth = Glimpse.truth(scene);
    Glimpse glimpse =
        plan.synthetic() == Fault.NONE ? truth : Glimpse.wrong(scene, plan.synthetic(), dice);
    List<Planted> planted = new ArrayList<>();
    if (raw && mismatched) {
      planted.add(new Planted(Track.LAION_2B, plan.fused(), 0, alt.text().length(), alt.text()));
    }
    boolean reads = seen && dice.chance(0.5);
    Draft sentence = synthetic.write(scene, glimpse, reads, dice);
    if (seen) {
      planted.addAll(sentence.planted());
    }
    Draft joined =
        join(
            scene,
            raw ? alt : NOTHING,
            sentence,
            plan.copied() ? glimpse : truth,
            plan,
            reads,
            dice);
    planted.addAll(joined.planted());
    Draft sentences = detailed.write(scene, plan.detailed(), dice);
    planted.addAll(sentences.planted());
    return new Captions(
        raw ? alt.text() : null,
        seen ? sentence.text() : null,
        joined.text(),
        sentences.text(),
        raw ? alt.facts() : Map.of(),
        List.copyOf(planted));
  }

  private Draft join(
      Scene scene,
      AltText alt,
      Draft sentence,
      Glimpse glimpse,
      Plan plan,
      boolean reads,
      Dice dice) {
    if (plan.fused() == Fault.CONCATENATION) {
      Draft both = new Draft(Track.CAPSFUSION);
      return both.plant(plan.fused(), (alt.text() + " " + sentence.text()).strip());
    }
    Draft draft = fused.write(scene, alt, glimpse, reads, plan.fused(), dice);
    if (plan.fused() == Fault.TRUNCATION) {
      int keep = (int) (draft.length() * dice.between(0.45, 0.75));
      int word = draft.text().lastIndexOf(' ', keep) + 1;
      keep = Math.max(keep, word + 2);
      draft.cut(keep, keep - word);
    }
    return draft;
  }
}
