package io.capbench.samples.clip;

import io.capbench.engine.text.SubCaption;
import io.capbench.engine.text.SubCaptionRule;
import io.capbench.engine.text.SubCaptions;
import io.capbench.samples.caption.CaptionWriter;
import io.capbench.samples.caption.CaptionWriter.Plan;
import io.capbench.samples.caption.Captions;
import io.capbench.samples.caption.Fault;
import io.capbench.samples.caption.Planted;
import io.capbench.samples.caption.Track;
import io.capbench.samples.world.Colour;
import io.capbench.samples.world.Dice;
import io.capbench.samples.world.Kind;
import io.capbench.samples.world.Place;
import io.capbench.samples.world.Scene;
import io.capbench.samples.world.Thing;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.function.BiPredicate;
import java.util.regex.Pattern;

/**
 * Says true and false things about scenes: in the words of the sample's captions, cut as the window
 * cuts them, and in short phrases as people type them.
 */
final class Statements {
  private static final Plan FAULTLESS =
      new Plan(Fault.NONE, Fault.NONE, false, false, Track.CAPSFUSION, false);
  private static final List<Plan> FAULTY =
      List.of(
          new Plan(Fault.OBJECT, Fault.NONE, false, false, Track.CAPSFUSION, false),
          new Plan(Fault.NONE, Fault.OBJECT, false, false, Track.CAPSFUSION, false),
          new Plan(Fault.NONE, Fault.ATTRIBUTE, false, false, Track.CAPSFUSION, false),
          new Plan(Fault.NONE, Fault.NONE, false, true, Track.CAPSFUSION, false));
  private static final int TRIES = 200;

  private final CaptionWriter writer = new CaptionWriter();

  /**
   * True statements of different sorts.
   *
   * @param count at least 3: phrases about things first, then a sentence of a caption, then others
   */
  List<Statement> truth(Scene scene, int count, Dice dice) {
    List<Statement> all = new ArrayList<>();
    List<Thing> things = dice.shuffled(scene.things());
    for (int i = 0; i < count - 2; i++) {
      Thing thing = things.get(i % things.size());
      all.add(
          i < things.size()
              ? phrase(thing.kind(), thing.colour(), thing, scene, dice)
              : kind(thing.kind(), dice));
    }
    all.add(sentence(scene, dice));
    all.add(
        switch (dice.below(6)) {
          case 0, 1 -> place(scene.place(), dice);
          case 2 -> kind(dice.pick(scene.things()).kind(), dice);
          case 3 -> {
            Thing thing = things.get((count - 2) % things.size());
            yield phrase(thing.kind(), thing.colour(), thing, scene, dice);
          }
          default -> sentence(scene, dice);
        });
    return all;
  }

  /**
   * A false statement about a thing of the scene that is true but for its colour.
   *
   * @param training whether it leaves out what is held out
   */
  Statement wrongColour(Scene scene, boolean training, Dice dice) {
    for (int i = 0; i < TRIES; i++) {
      Thing thing = dice.pick(scene.things());
      Colour colour = dice.pick(thing.kind().colours());
      if (!Claim.thing(thing.kind(), colour).holds(scene)
          && !(training && HeldOut.pair(thing.kind(), colour))) {
        return phrase(thing.kind(), colour, thing, scene, dice);
      }
    }
    return absent(scene, training, dice);
  }

  /**
   * A false statement about a thing of the scene that is true but for its kind, which is nowhere in
   * the scene.
   */
  Statement wrongKind(Scene scene, boolean training, Dice dice) {
    for (int i = 0; i < TRIES; i++) {
      Thing thing = dice.pick(scene.things());
      Kind kind = dice.pick(List.of(Kind.values()));
      if (!Claim.thing(kind, null).holds(scene)
          && kind.colours().contains(thing.colour())
          && !(training && HeldOut.pair(kind, thing.colour()))) {
        return phrase(kind, thing.colour(), thing, scene, dice);
      }
    }
    return absent(scene, training, dice);
  }

  /** A statement about a thing that is not there, in a colour that nothing there has. */
  Statement absent(Scene scene, boolean training, Dice dice) {
    while (true) {
      Kind kind = dice.pick(List.of(Kind.values()));
      Colour colour = dice.pick(kind.colours());
      boolean there =
          scene.things().stream()
              .anyMatch(thing -> thing.kind() == kind || thing.colour() == colour);
      if (!there && !(training && HeldOut.pair(kind, colour))) {
        return phrase(kind, colour, scene.main(), scene, dice);
      }
    }
  }

  /**
   * A sub-caption of a caption in which something of the scene is wrong or that tells of something
   * that is not there, as captioners and fusers do.
   *
   * @param training whether it leaves out what is held out
   */
  Statement falseSentence(Scene scene, boolean training, Dice dice) {
    for (int i = 0; i < TRIES; i++) {
      Captions captions = writer.write(scene, scene, dice.pick(FAULTY), dice.below(1000));
      for (Planted planted : captions.planted()) {
        String sentence = sentence(captions, planted);
        if (!named(sentence, training ? HeldOut::pair : (kind, colour) -> false)
            && !named(planted.text(), (kind, colour) -> Claim.thing(kind, colour).holds(scene))) {
          return new Statement(sentence, Claim.NEVER);
        }
      }
    }
    return absent(scene, training, dice);
  }

  /** The sentence with what was planted. */
  private static String sentence(Captions captions, Planted planted) {
    String caption = Objects.requireNonNull(captions.text(planted.track()));
    for (SubCaption part : SubCaptions.split(caption, SubCaptionRule.SENTENCES)) {
      if (part.start() <= planted.start() && planted.start() < part.end()) {
        return part.text();
      }
    }
    return caption;
  }

  /** Whether a text names such a thing with its colour. */
  private static boolean named(String text, BiPredicate<Kind, Colour> such) {
    String words = text.toLowerCase(Locale.ROOT);
    for (Kind kind : Kind.values()) {
      for (Colour colour : Colour.values()) {
        if (words.contains(colour.word() + " " + kind.noun()) && such.test(kind, colour)) {
          return true;
        }
      }
    }
    return false;
  }

  /** The plainest phrase: "a red teapot". */
  static Statement plain(Kind kind, Colour colour) {
    return new Statement(a(colour.word() + " " + kind.noun()), Claim.thing(kind, colour));
  }

  private static Statement phrase(Kind kind, Colour colour, Thing as, Scene scene, Dice dice) {
    String words = colour.word() + " " + kind.noun();
    String size = as.size() == Thing.Size.USUAL ? "" : as.size().name().toLowerCase(Locale.ROOT);
    String text =
        switch (dice.below(12)) {
          case 0, 1, 2, 3 -> a(words);
          case 4, 5 -> words;
          case 6 -> "the " + words;
          case 7 -> "there is " + a(words);
          case 8 -> dice.one("a picture of ", "an image of ", "a close-up of ") + a(words);
          case 9 -> size.isEmpty() ? a(words) : a(size + " " + words);
          case 10 -> a(words) + " " + dice.one("can be seen", "is shown", "is there", "stands");
          default -> a(words) + " in front of " + a(scene.place().noun());
        };
    Claim claim = Claim.thing(kind, colour);
    return new Statement(dice.chance(0.3) ? capital(text) + "." : text, claim);
  }

  private static Statement kind(Kind kind, Dice dice) {
    String noun = kind.noun();
    String text = dice.one(a(noun), noun, "the " + noun, "there is " + a(noun));
    return new Statement(text, Claim.thing(kind, null));
  }

  private static Statement place(Place place, Dice dice) {
    String noun = place.noun();
    String text =
        dice.one(a(noun), noun, "a picture of " + a(noun), "The scene is set at " + a(noun) + ".");
    return new Statement(text, Claim.place(place));
  }

  /** A sub-caption of one of the scene's captions. */
  private Statement sentence(Scene scene, Dice dice) {
    Captions captions = writer.write(scene, scene, FAULTLESS, dice.below(1000));
    int track = dice.below(5);
    String caption =
        switch (track) {
          case 0, 1 -> captions.synthetic();
          case 2 -> captions.fused();
          default -> captions.detailed();
        };
    List<Statement> told = new ArrayList<>();
    if (caption != null) {
      for (SubCaption part : SubCaptions.split(caption, SubCaptionRule.SENTENCES)) {
        Claim claim = claim(part.text(), scene);
        boolean ofThePlace = claim.things().isEmpty() && claim.place() == null && track > 2;
        if (!claim.things().isEmpty() || claim.place() != null) {
          told.add(new Statement(part.text(), claim));
        } else if (ofThePlace) {
          told.add(new Statement(part.text(), Claim.place(scene.place())));
        }
      }
    }
    return told.isEmpty() ? place(scene.place(), dice) : dice.pick(told);
  }

  /** Reads from a true sentence which things and which place it names. */
  static Claim claim(String text, Scene scene) {
    String words = text.toLowerCase(Locale.ROOT);
    List<Claim.Seen> seen = new ArrayList<>();
    for (Thing thing : scene.things()) {
      String noun = thing.kind().noun();
      if (Pattern.compile("\\b" + noun + "\\b").matcher(words).find()) {
        boolean coloured = words.contains(thing.colour().word() + " " + noun);
        seen.add(new Claim.Seen(thing.kind(), coloured ? thing.colour() : null));
      }
    }
    return new Claim(seen, names(words, scene.place()) ? scene.place() : null, true);
  }

  private static boolean names(String words, Place place) {
    String key =
        switch (place) {
          case KITCHEN -> "kitchen";
          case DESK -> "desk";
          case BEACH -> "beach";
          case PARK -> "park";
          case STREET -> "street";
          case GARDEN -> "garden";
          case MARKET -> "market";
          case SNOW -> "snow";
          case PLAYROOM -> "playroom";
          case HARBOUR -> "harbour";
          case STUDIO -> "backdrop";
        };
    return Pattern.compile("\\b" + key).matcher(words).find();
  }

  private static String a(String words) {
    return ("aeiou".indexOf(words.charAt(0)) >= 0 ? "an " : "a ") + words;
  }

  private static String capital(String text) {
    return Character.toUpperCase(text.charAt(0)) + text.substring(1);
  }
}
