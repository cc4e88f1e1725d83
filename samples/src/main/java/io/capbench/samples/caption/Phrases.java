package io.capbench.samples.caption;

import io.capbench.samples.world.Kind;
import io.capbench.samples.world.Place;
import io.capbench.samples.world.Scene;
import io.capbench.samples.world.Thing;

/** How things and places are put in English. */
final class Phrases {
  private Phrases() {}

  /** "a" or "an", with a blank, before those words. */
  static String a(String words) {
    return ("aeiou".indexOf(Character.toLowerCase(words.charAt(0))) >= 0 ? "an " : "a ") + words;
  }

  static String plural(String noun) {
    if (noun.equals("fish")) {
      return noun;
    }
    return noun.endsWith("s") || noun.endsWith("x") || noun.endsWith("ch")
        ? noun + "es"
        : noun + "s";
  }

  static String capital(String words) {
    return Character.toUpperCase(words.charAt(0)) + words.substring(1);
  }

  /** Every word with a capital, as shops do. */
  static String title(String words) {
    StringBuilder result = new StringBuilder();
    for (String word : words.split(" ", -1)) {
      result.append(result.length() == 0 ? "" : " ").append(capital(word));
    }
    return result.toString();
  }

  /** Where a thing of that kind is, for example "on a kitchen table". */
  static String where(Kind kind, Place place) {
    if (kind.floats()) {
      return place == Place.HARBOUR
          ? "on the dark water of a harbour at night"
          : "on the sea off a sandy beach";
    }
    if (kind.flies()) {
      return switch (place) {
        case PLAYROOM -> "in a playroom";
        case SNOW -> "over a snowy field";
        case STREET -> "over a city street";
        case GARDEN -> "over a garden";
        case PARK -> "over a park";
        default -> "over a beach";
      };
    }
    return switch (place) {
      case KITCHEN -> "on a wooden kitchen table";
      case DESK -> "on a wooden desk";
      case BEACH -> "on a sandy beach";
      case PARK -> "on the lawn of a park";
      case STREET -> "on a city street";
      case GARDEN -> "in a garden";
      case MARKET -> "on the counter of a market stall";
      case SNOW -> "in the snow";
      case PLAYROOM -> "on the floor of a playroom";
      case HARBOUR -> "on a harbour quay at night";
      case STUDIO -> "against a plain backdrop";
    };
  }

  /** "standing", "parked" and so on. */
  static String posture(Kind kind) {
    return switch (kind) {
      case CAR, BUS, BICYCLE -> "parked";
      case KITE -> "flying";
      case BALLOON, HOT_AIR_BALLOON, BOAT -> "floating";
      case CAT, DOG, DUCK, MUG, TEAPOT, CAMERA -> "sitting";
      case APPLE, PEAR, HAT, SNEAKER, BALL -> "lying";
      default -> "standing";
    };
  }

  /** "stands", "is parked" and so on. */
  static String does(Kind kind) {
    return switch (posture(kind)) {
      case "parked" -> "is parked";
      case "flying" -> "flies";
      case "floating" -> "floats";
      case "sitting" -> "sits";
      case "lying" -> "lies";
      default -> "stands";
    };
  }

  /** "on the left", "in the middle" or "on the right" of the picture. */
  static String side(Thing thing, Scene scene) {
    double at = thing.box().centre() / scene.width();
    return at < 0.38 ? "on the left" : at > 0.62 ? "on the right" : "in the middle";
  }

  /** What to call lettering: a number, a word or words. */
  static String lettering(String words) {
    if (words.chars().allMatch(Character::isDigit)) {
      return "number";
    }
    return words.contains(" ") ? "words" : "word";
  }
}
