package io.capbench.samples.world;

import static io.capbench.samples.world.Kind.*;

import java.util.List;

/** Where a scene plays, and which kinds belong there. */
public enum Place {
  KITCHEN(
      "kitchen table",
      0.80,
      0.93,
      List.of(MUG, TEAPOT, APPLE, PEAR, BOTTLE, FLOWER_POT, CLOCK, FISH, CAT)),
  DESK("desk", 0.80, 0.93, List.of(LAMP, BOOK, CAMERA, MUG, CLOCK, ROBOT, FLOWER_POT, HAT, CAT)),
  BEACH(
      "beach",
      0.78,
      0.95,
      List.of(
          UMBRELLA,
          BALL,
          HAT,
          SNEAKER,
          SUITCASE,
          DOG,
          SIGN,
          BOTTLE,
          BACKPACK,
          GUITAR,
          DUCK,
          BOAT,
          BOAT,
          KITE,
          KITE,
          HOT_AIR_BALLOON)),
  PARK(
      "park lawn",
      0.78,
      0.95,
      List.of(
          BICYCLE,
          DOG,
          CAT,
          BALL,
          BACKPACK,
          GUITAR,
          UMBRELLA,
          CHAIR,
          SNEAKER,
          KITE,
          KITE,
          BALLOON,
          HOT_AIR_BALLOON)),
  STREET(
      "city street",
      0.84,
      0.94,
      List.of(CAR, CAR, BUS, BICYCLE, DOG, UMBRELLA, SUITCASE, SIGN, BALLOON)),
  GARDEN(
      "garden",
      0.80,
      0.95,
      List.of(FLOWER_POT, CHAIR, CAT, DOG, HAT, BALL, SIGN, BICYCLE, DUCK, KITE, BALLOON)),
  MARKET(
      "market stall",
      0.74,
      0.78,
      List.of(APPLE, PEAR, TEAPOT, HAT, BOTTLE, FLOWER_POT, SIGN, CAMERA, BOOK, CLOCK, SNEAKER)),
  SNOW(
      "snowy field",
      0.80,
      0.95,
      List.of(
          DOG,
          CAT,
          BACKPACK,
          CAR,
          SIGN,
          UMBRELLA,
          SUITCASE,
          BICYCLE,
          GIFT,
          CHAIR,
          KITE,
          BALLOON,
          HOT_AIR_BALLOON)),
  PLAYROOM(
      "playroom floor",
      0.82,
      0.94,
      List.of(ROBOT, BALL, DUCK, ROCKET, GIFT, BOOK, CAT, CHAIR, GUITAR, BALLOON)),
  HARBOUR(
      "harbour quay",
      0.87,
      0.96,
      List.of(
          SUITCASE, CAT, BICYCLE, GUITAR, BACKPACK, UMBRELLA, CAMERA, SIGN, DOG, BOAT, BOAT, BOAT)),
  STUDIO(
      "plain studio backdrop",
      0.80,
      0.90,
      List.of(
          SNEAKER, CHAIR, GUITAR, BICYCLE, CAMERA, BACKPACK, SUITCASE, LAMP, CLOCK, MUG, TEAPOT,
          HAT, UMBRELLA, ROBOT, GIFT, BOTTLE, BOOK, ROCKET, DUCK, FISH, CAR));

  private final String noun;
  private final double back;
  private final double front;

  @SuppressWarnings("ImmutableEnumChecker") // List.of gives lists that never change
  private final List<Kind> kinds;

  Place(String noun, double back, double front, List<Kind> kinds) {
    this.noun = noun;
    this.back = back;
    this.front = front;
    this.kinds = kinds;
  }

  /** The English noun. */
  public String noun() {
    return noun;
  }

  /** Farthest line on which things stand, as a share of the picture's height. */
  public double back() {
    return back;
  }

  /** Nearest line on which things stand, as a share of the picture's height. */
  public double front() {
    return front;
  }

  /** What can be there; a kind named more often is more likely. */
  public List<Kind> kinds() {
    return kinds;
  }

  /** Where the sky ends or the wall meets the floor, as a share of the picture's height. */
  public double horizon() {
    return switch (this) {
      case KITCHEN, DESK -> 0.66;
      case BEACH -> 0.46;
      case PARK -> 0.56;
      case STREET -> 0.72;
      case GARDEN -> 0.62;
      case MARKET -> 0.70;
      case SNOW -> 0.58;
      case PLAYROOM -> 0.70;
      case HARBOUR -> 0.52;
      case STUDIO -> 0.64;
    };
  }

  /** Whether a boat finds water. */
  public boolean hasWater() {
    return this == BEACH || this == HARBOUR;
  }
}
