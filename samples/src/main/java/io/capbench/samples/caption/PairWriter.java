package io.capbench.samples.caption;

import io.capbench.samples.caption.FusionPair.Fact;
import io.capbench.samples.caption.FusionPair.Mistake;
import io.capbench.samples.world.Dice;
import io.capbench.samples.world.Scene;
import io.capbench.samples.world.SceneGenerator;
import io.capbench.samples.world.Thing;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Writes pairs of captions with the caption that a fuser should make of them, without end. The
 * world is wider than the bundled sample's: names, codes and lettering are open ({@link
 * OpenNames}), and {@link Widening} puts further things, colours and places into it. How a fused
 * caption is put follows from what stands in its parents, so that it can be learned.
 */
public final class PairWriter {
  private static final int HELD_OUT_PAIRS = 8;
  private static final int TRIES = 200;

  /** How often a captioner makes a mistake, where the alt-text would tell. */
  private static final double MISTAKEN = 0.45;

  private static final List<String> OPENINGS =
      List.of("there is ", "an image of ", "a picture of ", "an illustration of ");

  private final boolean heldOut;
  private final SceneGenerator scenes;
  private final OpenLettering lettering;
  private final AltTextWriter altTexts;
  private final SyntheticWriter captioner = new SyntheticWriter();
  private final FusedWriter fuser;
  private final Widening widening;

  /**
   * A writer.
   *
   * @param seed another seed gives other pairs
   * @param heldOut whether of what training never shows: words, and main things in colours that are
   *     held out for every second pair
   */
  public PairWriter(long seed, boolean heldOut) {
    this.heldOut = heldOut;
    this.scenes = new SceneGenerator(Dice.mixed(seed, heldOut ? 2 : 1));
    OpenNames names = new OpenNames(heldOut);
    this.lettering = new OpenLettering(heldOut);
    this.altTexts = new AltTextWriter(names);
    this.fuser = new FusedWriter(names);
    this.widening = new Widening(names);
  }

  /** The pair of that number. */
  public FusionPair pair(long number) {
    Scene scene = scene(number);
    Dice dice = new Dice(Dice.mixed(scene.seed(), 4000));
    boolean reads = dice.chance(0.5);
    Scene lettered = lettered(scene, dice);
    AltText alt = complete(altTexts.write(lettered, dice));
    Fault fault = fault(alt, lettered, dice);
    String invented = dice.chance(0.1) ? Glimpse.invented(dice) : "";
    Glimpse truth = new Glimpse(Mention.truth(lettered), invented);
    Glimpse seen = fault == Fault.NONE ? truth : Glimpse.wrongMain(lettered, fault, invented, dice);
    String sentence = captioner.write(lettered, seen, reads, dice).text();
    // The same opening asks for the same form.
    Dice form = new Dice(opening(sentence));
    String fused = fuser.write(lettered, alt, truth, reads, Fault.NONE, form).text();
    FusionPair pair =
        new FusionPair(
            alt.text(),
            sentence,
            fused,
            facts(lettered, alt, truth, reads, fused),
            mistake(fault, seen, truth));
    return widening.widen(pair, lettered, dice);
  }

  private static int opening(String sentence) {
    String small = sentence.toLowerCase(Locale.ROOT);
    int opening = 0;
    while (opening < OPENINGS.size() && !small.startsWith(OPENINGS.get(opening))) {
      opening++;
    }
    return opening;
  }

  /** A scene whose main thing has a colour that is for training, or one that is not. */
  private Scene scene(long number) {
    boolean wanted = heldOut && number % 2 == 0;
    Scene scene = scenes.scene(number * TRIES);
    for (int i = 1; i < TRIES && isHeldOut(scene.main()) != wanted; i++) {
      scene = scenes.scene(number * TRIES + i);
    }
    return scene;
  }

  static boolean isHeldOut(Thing thing) {
    String both = thing.colour().word() + " " + thing.kind().noun();
    long mixed = Dice.mixed(both.hashCode(), 78);
    return Math.floorMod(mixed, HELD_OUT_PAIRS) == 0;
  }

  /** With open words on the main thing. */
  private Scene lettered(Scene scene, Dice dice) {
    List<Thing> things = new ArrayList<>(scene.things());
    things.set(0, lettering.letter(scene.main(), dice));
    return new Scene(scene.seed(), scene.width(), scene.height(), scene.place(), things);
  }

  /** Says all that the alt-text says, and what it shouts as it is shouted. */
  private static AltText complete(AltText alt) {
    String size = alt.facts().get("size");
    String aside =
        size == null
            ? alt.aside()
            : "in a print of " + size + " inches by " + alt.facts().get("name");
    String brand = alt.facts().getOrDefault("brand", "").replace("&amp;", "&");
    int at = alt.name().toLowerCase(Locale.ROOT).indexOf(brand.toLowerCase(Locale.ROOT));
    String name =
        brand.isEmpty() || at < 0
            ? alt.name()
            : alt.name().substring(0, at) + brand + alt.name().substring(at + brand.length());
    return new AltText(alt.text(), alt.facts(), name, alt.extra(), aside);
  }

  /** A mistake that the alt-text contradicts, or none. */
  private static Fault fault(AltText alt, Scene scene, Dice dice) {
    Set<String> told = words(alt.text().toLowerCase(Locale.ROOT));
    Thing main = scene.main();
    List<Fault> possible = new ArrayList<>();
    if (told.contains(main.colour().word())) {
      possible.add(Fault.ATTRIBUTE);
    }
    if (told.containsAll(words(main.kind().noun()))) {
      possible.add(Fault.OBJECT);
    }
    if (!alt.name().isEmpty() && !alt.facts().containsKey("number")) {
      possible.add(Fault.COUNT);
    }
    return possible.isEmpty() || !dice.chance(MISTAKEN) ? Fault.NONE : dice.pick(possible);
  }

  private static Set<String> words(String text) {
    return new HashSet<>(List.of(text.split("[^\\p{L}]+", -1)));
  }

  private static Optional<Mistake> mistake(Fault fault, Glimpse seen, Glimpse truth) {
    Mention wrong = seen.main();
    Mention right = truth.main();
    return switch (fault) {
      case ATTRIBUTE ->
          Optional.of(
              new Mistake(
                  fault, wrong.colour() + " " + wrong.noun(), right.colour() + " " + right.noun()));
      case OBJECT -> Optional.of(new Mistake(fault, wrong.noun(), right.noun()));
      case COUNT -> Optional.of(new Mistake(fault, "two " + right.colour(), right.colour()));
      default -> Optional.empty();
    };
  }

  private static List<Fact> facts(
      Scene scene, AltText alt, Glimpse truth, boolean reads, String fused) {
    List<Fact> facts = new ArrayList<>();
    for (Map.Entry<String, String> fact : alt.facts().entrySet()) {
      String value = fact.getValue().replace("&amp;", "&");
      boolean file = alt.name().isEmpty() && alt.aside().isEmpty();
      if (!file) {
        facts.add(
            new Fact(fact.getKey(), fact.getKey().equals("rating") ? "rated three stars" : value));
      }
    }
    for (Mention mention : truth.mentions()) {
      facts.add(new Fact("object", mention.colour() + " " + mention.noun()));
    }
    facts.add(new Fact("place", Phrases.where(scene.main().kind(), scene.place())));
    if (reads && scene.main().lettering() != null) {
      facts.add(new Fact("lettering", scene.main().lettering()));
    }
    if (!truth.invented().isEmpty()) {
      facts.add(new Fact("object", truth.invented()));
    }
    String text = fused.toLowerCase(Locale.ROOT);
    facts.removeIf(fact -> !text.contains(fact.text().toLowerCase(Locale.ROOT)));
    return facts;
  }
}
