package io.capbench.samples.clip;

import io.capbench.samples.world.Colour;
import io.capbench.samples.world.Kind;
import io.capbench.samples.world.Place;
import io.capbench.samples.world.Scene;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a text says is in a picture. Where things stand, how large they are and what is written on
 * them does not count: texts that differ in these only are never held against each other.
 *
 * @param things all of which are there
 * @param place where the scene plays, or null if the text does not say
 * @param possible whether some picture could show it
 */
record Claim(List<Seen> things, @Nullable Place place, boolean possible) {
  /** What no picture shows. */
  static final Claim NEVER = new Claim(List.of(), null, false);

  /** A kind of thing, in a colour if that is said. */
  record Seen(Kind kind, @Nullable Colour colour) {
    boolean in(Scene scene) {
      return scene.things().stream()
          .anyMatch(thing -> thing.kind() == kind && (colour == null || thing.colour() == colour));
    }
  }

  Claim {
    things = List.copyOf(things);
  }

  static Claim thing(Kind kind, @Nullable Colour colour) {
    return new Claim(List.of(new Seen(kind, colour)), null, true);
  }

  static Claim place(Place place) {
    return new Claim(List.of(), place, true);
  }

  /** Whether it is true of a scene. */
  boolean holds(Scene scene) {
    return possible
        && (place == null || place == scene.place())
        && things.stream().allMatch(thing -> thing.in(scene));
  }

  /** Whether both speak of the same thing or place. */
  boolean touches(Claim other) {
    return (place != null && place == other.place)
        || things.stream()
            .anyMatch(thing -> other.things.stream().anyMatch(one -> one.kind() == thing.kind()));
  }
}
