package io.capbench.samples.caption;

import io.capbench.samples.caption.FusionPair.Fact;
import io.capbench.samples.caption.FusionPair.Mistake;
import io.capbench.samples.world.Dice;
import io.capbench.samples.world.Kind;
import io.capbench.samples.world.Scene;
import io.capbench.samples.world.Thing;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Puts things, colours and places into pairs that the bundled sample does not know, by calling
 * those of a pair by other words in all its captions. A third of the things get words that nobody
 * knows.
 */
final class Widening {
  private static final List<String> THINGS =
      List.of(
          "violin",
          "kettle",
          "bench",
          "ladder",
          "telescope",
          "lantern",
          "basket",
          "vase",
          "drum",
          "tent",
          "scooter",
          "tractor",
          "helmet",
          "parrot",
          "rabbit",
          "turtle",
          "horse",
          "cactus",
          "candle",
          "globe",
          "mirror",
          "toaster",
          "radio",
          "piano",
          "puppet",
          "barrel",
          "canoe",
          "statue",
          "wagon",
          "typewriter");

  private static final List<String> COLOURS =
      List.of(
          "turquoise",
          "crimson",
          "maroon",
          "golden",
          "silver",
          "violet",
          "beige",
          "navy",
          "lilac",
          "bronze",
          "scarlet",
          "magenta");

  private static final List<String> VOWEL_COLOURS = List.of("amber", "indigo", "ivory", "azure");

  private static final List<String> PLACES =
      List.of(
          "on a marble counter",
          "in a busy station",
          "on a wooden bridge",
          "in front of a brick wall",
          "in a quiet library",
          "on the roof of a house",
          "beside a mountain lake",
          "in an empty classroom",
          "on a stone stairway",
          "at the edge of a forest",
          "in a museum hall",
          "on a picnic blanket",
          "under a large oak tree",
          "in the middle of a meadow",
          "on a rocky shore",
          "in a crowded workshop");

  private final OpenNames names;

  Widening(OpenNames names) {
    this.names = names;
  }

  FusionPair widen(FusionPair pair, Scene scene, Dice dice) {
    Map<String, String> words = new LinkedHashMap<>();
    for (Thing thing : scene.things()) {
      String noun = thing.kind().noun();
      if (dice.chance(0.2) && noun.indexOf(' ') < 0 && thing.kind() != Kind.FISH) {
        words.put(noun, dice.chance(0.65) ? dice.pick(THINGS) : noun(dice));
      }
      if (dice.chance(0.15)) {
        String colour = thing.colour().word();
        words.put(colour, dice.pick(vowel(colour) ? VOWEL_COLOURS : COLOURS));
      }
    }
    if (dice.chance(0.25)) {
      words.put(Phrases.where(scene.main().kind(), scene.place()), dice.pick(PLACES));
    }
    boolean distinct = Set.copyOf(words.values()).size() == words.size();
    return distinct ? called(pair, words) : pair;
  }

  /** A word that nobody knows and that takes a plain plural. */
  private String noun(Dice dice) {
    String word = names.word(dice);
    while (!Phrases.plural(word).equals(word + "s")) {
      word = names.word(dice);
    }
    return word;
  }

  private static boolean vowel(String word) {
    return Phrases.a(word).startsWith("an ");
  }

  private static FusionPair called(FusionPair pair, Map<String, String> words) {
    Pattern all =
        Pattern.compile(
            "(?<!\\p{L})(" + String.join("|", words.keySet()) + ")(e?s)?(?!\\p{L})",
            Pattern.CASE_INSENSITIVE);
    UnaryOperator<String> rename =
        text -> words.isEmpty() ? text : all.matcher(text).replaceAll(m -> called(m, words));
    return new FusionPair(
        rename.apply(pair.raw()),
        rename.apply(pair.synthetic()),
        rename.apply(pair.fused()),
        pair.facts().stream().map(f -> new Fact(f.kind(), rename.apply(f.text()))).toList(),
        pair.mistake()
            .map(m -> new Mistake(m.fault(), rename.apply(m.wrong()), rename.apply(m.right()))));
  }

  /** The other word, with the capitals and the plural of the one that stands there. */
  private static String called(MatchResult found, Map<String, String> words) {
    String old = found.group(1);
    String other = words.getOrDefault(old.toLowerCase(Locale.ROOT), old);
    if (old.length() > 1 && old.equals(old.toUpperCase(Locale.ROOT))) {
      other = other.toUpperCase(Locale.ROOT);
    } else if (Character.isUpperCase(old.charAt(0))) {
      other = Phrases.capital(other);
    }
    String plural =
        found.group(2) == null ? "" : Character.isUpperCase(found.group(2).charAt(0)) ? "S" : "s";
    return Matcher.quoteReplacement(other + plural);
  }
}
