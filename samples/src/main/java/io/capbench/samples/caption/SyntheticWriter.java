package io.capbench.samples.caption;

import io.capbench.samples.world.Dice;
import io.capbench.samples.world.Scene;
import java.util.Locale;

/** Writes bland sentences in the way of BLIP. */
final class SyntheticWriter {

  /**
   * Writes one.
   *
   * @param reads whether lettering on the main thing is mentioned
   */
  Draft write(Scene scene, Glimpse glimpse, boolean reads, Dice dice) {
    Draft draft = new Draft(Track.LAION_COCO);
    draft.add(
        dice.one(
            "", "", "", "", "there is ", "an image of ", "a picture of ", "an illustration of "));
    Mention main = glimpse.main();
    main.write(draft);
    String lettering = scene.main().lettering();
    if (lettering != null && reads) {
      draft.add(" with the " + Phrases.lettering(lettering) + " ");
      draft.add(lettering.toLowerCase(Locale.ROOT)).add(" on it");
    }
    draft.add(" ").add(Phrases.posture(main.kind())).add(" ");
    draft.add(Phrases.where(main.kind(), scene.place()));
    glimpse.company(draft, true);
    if (dice.chance(0.7)) {
      draft.add(".");
    }
    return dice.chance(0.55) ? draft.capital() : draft;
  }
}
