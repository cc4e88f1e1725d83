package io.capbench.samples.world;

import java.util.List;
import java.util.stream.Stream;

/**
 * What a thing is. Every kind is drawn in a box of fixed proportions, in units of which a mug is
 * about 100 wide.
 */
public enum Kind {
  MUG("mug", 100, 88, 0.30),
  TEAPOT("teapot", 132, 96, 0.34),
  APPLE("apple", 72, 78, 0.22),
  PEAR("pear", 64, 92, 0.27),
  BOTTLE("bottle", 42, 124, 0.46),
  BOOK("book", 80, 104, 0.40),
  LAMP("lamp", 84, 128, 0.54),
  CHAIR("chair", 78, 128, 0.52),
  CLOCK("clock", 84, 96, 0.34),
  CAMERA("camera", 116, 84, 0.28),
  GUITAR("guitar", 62, 164, 0.60),
  BACKPACK("backpack", 88, 108, 0.38),
  SNEAKER("sneaker", 128, 70, 0.24),
  HAT("hat", 118, 62, 0.21),
  UMBRELLA("umbrella", 140, 128, 0.56),
  BICYCLE("bicycle", 168, 108, 0.42),
  CAR("car", 190, 82, 0.30),
  BUS("bus", 210, 104, 0.40),
  BOAT("boat", 122, 136, 0.36),
  KITE("kite", 92, 150, 0.42),
  BALLOON("balloon", 60, 128, 0.36),
  HOT_AIR_BALLOON("hot air balloon", 96, 128, 0.38),
  CAT("cat", 88, 104, 0.40),
  DOG("dog", 92, 108, 0.42),
  DUCK("rubber duck", 94, 84, 0.28),
  FISH("fish", 100, 94, 0.36),
  ROBOT("robot", 84, 116, 0.44),
  FLOWER_POT("flower pot", 74, 120, 0.46),
  BALL("ball", 72, 72, 0.24),
  SUITCASE("suitcase", 96, 116, 0.40),
  SIGN("sign", 112, 124, 0.46),
  GIFT("gift box", 88, 92, 0.32),
  ROCKET("toy rocket", 72, 128, 0.46);

  private static final List<Kind> LETTERED =
      List.of(MUG, BOOK, CAR, BUS, SIGN, BOTTLE, BACKPACK, BOAT, ROBOT, CAMERA, BALLOON, SUITCASE);
  private static final List<Kind> ALIVE = List.of(CAT, DOG);

  private final String noun;
  private final int width;
  private final int height;
  private final double share;

  Kind(String noun, int width, int height, double share) {
    this.noun = noun;
    this.width = width;
    this.height = height;
    this.share = share;
  }

  /** The English noun in the singular. */
  public String noun() {
    return noun;
  }

  /** Width of the drawing in its own units. */
  public int width() {
    return width;
  }

  /** Height of the drawing in its own units. */
  public int height() {
    return height;
  }

  /** Height as a share of the picture's shorter side when the thing stands there alone. */
  double share() {
    return share;
  }

  /** Whether there is room for lettering on it. */
  public boolean lettered() {
    return LETTERED.contains(this);
  }

  /** Whether it is an animal that breathes. */
  public boolean alive() {
    return ALIVE.contains(this);
  }

  /** Whether it hangs in the air. */
  public boolean flies() {
    return this == KITE || this == BALLOON || this == HOT_AIR_BALLOON;
  }

  /** Whether it lies on the water. */
  public boolean floats() {
    return this == BOAT;
  }

  /** Colours in which this kind is believable. */
  public List<Colour> colours() {
    return switch (this) {
      case CAT -> List.of(Colour.ORANGE, Colour.GREY, Colour.BLACK, Colour.WHITE, Colour.BROWN);
      case DOG -> List.of(Colour.BROWN, Colour.WHITE, Colour.BLACK, Colour.ORANGE, Colour.GREY);
      case APPLE -> List.of(Colour.RED, Colour.GREEN, Colour.YELLOW);
      case PEAR -> List.of(Colour.GREEN, Colour.YELLOW, Colour.RED);
      case FISH -> List.of(Colour.ORANGE, Colour.RED, Colour.BLUE, Colour.YELLOW, Colour.PURPLE);
      case GUITAR -> List.of(Colour.BROWN, Colour.ORANGE, Colour.RED, Colour.BLUE, Colour.BLACK);
      case BALL, UMBRELLA, HOT_AIR_BALLOON ->
          Stream.of(Colour.values()).filter(colour -> colour != Colour.WHITE).toList();
      default -> List.of(Colour.values());
    };
  }
}
