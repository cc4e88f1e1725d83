package io.capbench.samples.caption;

import io.capbench.samples.world.Dice;
import io.capbench.samples.world.Scene;
import io.capbench.samples.world.Thing;
import java.util.List;
import java.util.Locale;

/** Writes on things what the bundled sample does not: numbers and words without end. */
public final class OpenLettering {
  private final OpenNames names;
  private final boolean heldOut;

  /**
   * Lettering.
   *
   * @param heldOut whether of words that training never shows, instead of all others
   */
  public OpenLettering(boolean heldOut) {
    this.names = new OpenNames(heldOut);
    this.heldOut = heldOut;
  }

  /**
   * The scene with other words on its things that have some.
   *
   * @param share of these things, 0..1
   */
  public Scene letter(Scene scene, double share, Dice dice) {
    List<Thing> things =
        scene.things().stream()
            .map(thing -> dice.chance(share) ? letter(thing, dice) : thing)
            .toList();
    return new Scene(scene.seed(), scene.width(), scene.height(), scene.place(), things);
  }

  /** The thing with other words, small as captioners write them, if there are any on it. */
  Thing letter(Thing thing, Dice dice) {
    String old = thing.lettering();
    if (old == null) {
      return thing;
    }
    String words =
        switch (dice.below(4)) {
          case 0 -> String.valueOf(dice.between(1, 9999));
          case 1 -> names.word(dice) + " " + names.word(dice);
          case 2 -> heldOut ? names.word(dice) : old.toLowerCase(Locale.ROOT);
          default -> names.word(dice);
        };
    return new Thing(thing.kind(), thing.colour(), thing.size(), thing.box(), words);
  }
}
