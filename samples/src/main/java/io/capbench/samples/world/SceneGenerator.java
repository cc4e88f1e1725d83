package io.capbench.samples.world;

import io.capbench.samples.world.Thing.Size;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Makes scenes: endless, each from its number alone. Things never cover one another: those that
 * stand get a share of the picture's width each, those that fly or float look for free room.
 */
public final class SceneGenerator {
  private static final int TRIES = 40;
  private static final double MARGIN = 0.03;

  /** How far things are shrunk to fit side by side before one is left out. */
  private static final double SMALLEST = 0.62;

  private final long seed;
  private final Inscriptions inscriptions = new Inscriptions();

  public SceneGenerator(long seed) {
    this.seed = seed;
  }

  /** Scene of that number, in a place that chance picks. */
  public Scene scene(long number) {
    return scene(number, new Dice(Dice.mixed(seed, number)).pick(List.of(Place.values())));
  }

  /** Scene of that number in that place. */
  public Scene scene(long number, Place place) {
    long ownSeed = Dice.mixed(Dice.mixed(seed, ~number), place.noun().hashCode());
    Dice dice = new Dice(Dice.mixed(ownSeed, 0));
    int shape = dice.below(10);
    int width = shape < 4 ? 512 : shape < 8 ? 512 : 448;
    int height = shape < 4 ? 512 : shape < 8 ? 384 : 560;
    int wanted = place == Place.STUDIO ? dice.one(1, 1, 2) : dice.one(1, 2, 2, 3, 3, 4);
    List<Thing> things = new ArrayList<>();
    for (int tries = 0; things.isEmpty() && tries < TRIES; tries++) {
      things.addAll(furnish(place, width, height, wanted, dice));
    }
    things.sort(Comparator.comparingLong((Thing thing) -> -thing.box().area()));
    return new Scene(ownSeed, width, height, place, things);
  }

  private List<Thing> furnish(Place place, int width, int height, int wanted, Dice dice) {
    Set<Kind> kinds = new LinkedHashSet<>();
    for (int tries = 0; kinds.size() < wanted && tries < TRIES; tries++) {
      kinds.add(dice.pick(place.kinds()));
    }
    while (kinds.stream().allMatch(Kind::flies)) {
      kinds.add(dice.pick(place.kinds()));
    }
    List<Draft> standing = new ArrayList<>();
    List<Draft> free = new ArrayList<>();
    Set<Colour> used = new LinkedHashSet<>();
    for (Kind kind : kinds) {
      Draft draft = draft(kind, place, used, Math.min(width, height), kinds.size() == 1, dice);
      (kind.flies() || kind.floats() ? free : standing).add(draft);
    }
    List<Thing> things = new ArrayList<>(stand(standing, place, width, height, dice));
    for (Draft draft : free) {
      hang(draft, place, width, height, things, dice).ifPresent(things::add);
    }
    return things;
  }

  private Draft draft(
      Kind kind, Place place, Set<Colour> used, int side, boolean alone, Dice dice) {
    List<Colour> colours = new ArrayList<>(kind.colours());
    if (place == Place.SNOW) {
      colours.remove(Colour.WHITE);
    } else if (place == Place.HARBOUR) {
      colours.remove(Colour.BLACK);
    }
    Colour colour = dice.pick(colours);
    for (int tries = 0; used.contains(colour) && tries < TRIES; tries++) {
      colour = dice.pick(colours);
    }
    used.add(colour);
    Size size = dice.one(Size.SMALL, Size.USUAL, Size.USUAL, Size.USUAL, Size.LARGE);
    double tall = kind.share() * size.scale() * side;
    if (place == Place.STUDIO) {
      tall *= 1.15;
    } else if (place == Place.MARKET) {
      tall *= 0.8;
    }
    return new Draft(kind, colour, size, alone ? 1.3 * tall : tall);
  }

  /** Side by side, in an order that chance picks, each on a line of its own. */
  private List<Thing> stand(List<Draft> drafts, Place place, int width, int height, Dice dice) {
    double room = width * (1 - 2 * MARGIN);
    double gaps = 0.03 * width * Math.max(0, drafts.size() - 1);
    double wide = drafts.stream().mapToDouble(Draft::wide).sum();
    double tallest = drafts.stream().mapToDouble(Draft::tall).max().orElse(1);
    double scale = Math.min(1, Math.min((room - gaps) / wide, 0.76 * height / tallest));
    if (scale < SMALLEST && drafts.size() > 1) {
      return stand(drafts.subList(0, drafts.size() - 1), place, width, height, dice);
    }
    double spare = room - gaps - wide * scale;
    double x = width * MARGIN;
    List<Thing> things = new ArrayList<>();
    double left = drafts.size() + 1.0;
    for (Draft draft : drafts) {
      double before = Math.min(spare, 2 * spare / left * dice.between(0.25, 0.75));
      spare -= before;
      left--;
      x += before;
      double base = height * dice.between(place.back(), place.front());
      double wideHere = draft.wide() * scale;
      things.add(thing(draft, scale, x, base - draft.tall() * scale, dice));
      x += wideHere + 0.03 * width;
    }
    return things;
  }

  /** Somewhere in the sky or on the water where nothing is yet. */
  private Optional<Thing> hang(
      Draft draft, Place place, int width, int height, List<Thing> others, Dice dice) {
    double scale = others.isEmpty() ? 1 : 0.85;
    for (int tries = 0; tries < TRIES; tries++) {
      double wide = draft.wide() * scale;
      double tall = draft.tall() * scale;
      double x = dice.between(MARGIN * width, width * (1 - MARGIN) - wide);
      double horizon = place.horizon() * height;
      double y =
          draft.kind().floats()
              ? horizon + dice.between(0.05, 0.10) * height - tall
              : dice.between(0.03 * height, Math.max(0.05 * height, horizon * 1.05 - tall));
      Thing thing = thing(draft, scale, x, Math.max(y, 0.02 * height), dice);
      if (others.stream().allMatch(other -> other.box().overlap(thing.box()) == 0)) {
        return Optional.of(thing);
      }
      scale *= 0.97;
    }
    return Optional.empty();
  }

  private Thing thing(Draft draft, double scale, double x, double y, Dice dice) {
    Box box =
        new Box(
            (int) Math.round(x),
            (int) Math.round(y),
            (int) Math.round(draft.wide() * scale),
            (int) Math.round(draft.tall() * scale));
    boolean written = draft.kind().lettered() && (draft.kind() == Kind.SIGN || dice.chance(0.6));
    String lettering = written ? inscriptions.on(draft.kind(), dice) : null;
    return new Thing(draft.kind(), draft.colour(), draft.size(), box, lettering);
  }

  private record Draft(Kind kind, Colour colour, Size size, double tall) {
    double wide() {
      return tall * kind.width() / kind.height();
    }
  }
}
