package io.capbench.samples.clip;

import io.capbench.samples.world.Colour;
import io.capbench.samples.world.Kind;
import io.capbench.samples.world.Scene;
import java.util.List;

/** Which things in which colours no training shows or names. */
final class HeldOut {
  private static final int ONE_OF = 11;
  private static final List<Kind> KINDS = List.of(Kind.values());
  private static final List<Colour> COLOURS = List.of(Colour.values());

  private HeldOut() {}

  /** About every eleventh pair, each kind and each colour in some. */
  static boolean pair(Kind kind, Colour colour) {
    return (5 * KINDS.indexOf(kind) + 3 * COLOURS.indexOf(colour)) % ONE_OF == 4;
  }

  /** Whether one of its things is held out. */
  static boolean scene(Scene scene) {
    return scene.things().stream().anyMatch(thing -> pair(thing.kind(), thing.colour()));
  }
}
