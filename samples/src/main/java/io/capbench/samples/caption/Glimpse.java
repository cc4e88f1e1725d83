package io.capbench.samples.caption;

import io.capbench.samples.world.Colour;
import io.capbench.samples.world.Dice;
import io.capbench.samples.world.Kind;
import io.capbench.samples.world.Scene;
import java.util.ArrayList;
import java.util.List;

/**
 * What a captioner believes to see.
 *
 * @param mentions the main thing first
 * @param invented a thing that is not there, or empty
 */
record Glimpse(List<Mention> mentions, String invented) {
  private static final List<String> INVENTED =
      List.of(
          "a green umbrella",
          "a wooden bench",
          "a pair of scissors",
          "a laptop",
          "two people",
          "a bunch of flowers",
          "a red scarf",
          "a stack of plates",
          "a street lamp post",
          "a small bird",
          "a pair of sunglasses",
          "a traffic cone",
          "a bowl of soup",
          "a tennis racket",
          "a skateboard");

  /** What is there. */
  static Glimpse truth(Scene scene) {
    return new Glimpse(Mention.truth(scene), "");
  }

  /** What is there, with one thing wrong. */
  static Glimpse wrong(Scene scene, Fault fault, Dice dice) {
    List<Mention> mentions = new ArrayList<>(Mention.truth(scene));
    int at = dice.below(mentions.size());
    if (fault == Fault.OBJECT && dice.chance(0.5)) {
      return new Glimpse(mentions, invented(dice));
    }
    int wrong = fault == Fault.COUNT ? 0 : at;
    mentions.set(wrong, mistaken(mentions.get(wrong), fault, scene, dice));
    return new Glimpse(mentions, "");
  }

  /**
   * What is there, with the main thing wrong.
   *
   * @param invented a thing that is not there, or empty
   */
  static Glimpse wrongMain(Scene scene, Fault fault, String invented, Dice dice) {
    List<Mention> mentions = new ArrayList<>(Mention.truth(scene));
    mentions.set(0, mistaken(mentions.get(0), fault, scene, dice));
    return new Glimpse(mentions, invented);
  }

  /** The thing in another colour, as another thing, or twice. */
  private static Mention mistaken(Mention seen, Fault fault, Scene scene, Dice dice) {
    return switch (fault) {
      case ATTRIBUTE -> {
        Colour colour = dice.pick(List.of(Colour.values()));
        while (colour.word().equals(seen.colour())) {
          colour = dice.pick(List.of(Colour.values()));
        }
        yield new Mention(seen.kind(), "", colour.word(), seen.noun(), fault);
      }
      case OBJECT -> {
        Kind other = mistaken(seen.kind(), scene, dice);
        yield new Mention(seen.kind(), "", seen.colour(), other.noun(), fault);
      }
      case COUNT -> new Mention(seen.kind(), "", seen.colour(), seen.noun(), fault);
      default -> throw new IllegalArgumentException("A captioner does not make a " + fault);
    };
  }

  /** A thing that no scene holds. */
  static String invented(Dice dice) {
    return dice.pick(INVENTED);
  }

  /** A kind that moves alike, is not that one and not in the scene. */
  private static Kind mistaken(Kind kind, Scene scene, Dice dice) {
    if (kind == Kind.BOAT) {
      return Kind.HAT;
    }
    Kind other = dice.pick(List.of(Kind.values()));
    for (int tries = 0; !fits(kind, other, scene) && tries < 500; tries++) {
      other = dice.pick(List.of(Kind.values()));
    }
    return other;
  }

  private static boolean fits(Kind kind, Kind other, Scene scene) {
    return other.flies() == kind.flies()
        && !other.floats()
        && scene.things().stream().noneMatch(thing -> thing.kind() == other);
  }

  Mention main() {
    return mentions.get(0);
  }

  /** Writes what stands beside the main thing: " next to a blue mug and an orange cat". */
  void company(Draft draft, boolean withInvented) {
    boolean free = main().kind().flies() || main().kind().floats();
    List<Mention> ground = new ArrayList<>();
    List<Mention> air = new ArrayList<>();
    List<Mention> water = new ArrayList<>();
    for (Mention mention : mentions.subList(1, mentions.size())) {
      (mention.kind().flies() ? air : mention.kind().floats() ? water : ground).add(mention);
    }
    String link = free ? " with " : " next to ";
    link = list(draft, ground, link, free ? " in the foreground" : "") ? ", with " : " with ";
    link = list(draft, air, link, " in the air") ? " and " : link;
    link = list(draft, water, link, " on the water") ? " and " : link;
    if (withInvented && !invented.isEmpty()) {
      draft.add(link).plant(Fault.OBJECT, invented);
    }
  }

  private static boolean list(Draft draft, List<Mention> mentions, String link, String tail) {
    for (int i = 0; i < mentions.size(); i++) {
      draft.add(i == 0 ? link : i < mentions.size() - 1 ? ", " : " and ");
      mentions.get(i).write(draft);
    }
    draft.add(mentions.isEmpty() ? "" : tail);
    return !mentions.isEmpty();
  }
}
