package io.capbench.samples.world;

import java.util.List;
import java.util.Locale;

/** What stands written on things. */
final class Inscriptions {
  private static final List<String> TITLES =
      List.of(
          "The Quiet Tide",
          "Atlas of Rain",
          "Salt & Stars",
          "Night Bakery",
          "Paper Moons",
          "Small Rivers",
          "The Blue Hour",
          "Winter Maps",
          "Red Kites",
          "Slow Trains");

  /** Something that could be written on a thing of that kind. */
  String on(Kind kind, Dice dice) {
    return switch (kind) {
      case MUG -> dice.one("LUNA", "HELLO", "NOVA", "MIRA", "TEA", "NO. 7", "ZEST", "OTTO");
      case BOOK -> dice.pick(TITLES).toUpperCase(Locale.ROOT);
      case CAR -> dice.one("TAXI", "24", "POLAR", "77", "PIXEL", "VELO");
      case BUS -> dice.one("CITY LINE 12", "OPEN TOUR", "NIGHT BUS 5", "COAST EXPRESS");
      case SIGN -> dice.one("SALE 40%", "OPEN", "FRESH", "CAFE", "WELCOME", "FARM SHOP", "EXIT 9");
      case BOTTLE -> dice.one("OLIO", "MINT", "AQUA", "LIMA", "SODA");
      case BACKPACK -> dice.one("TREK", "PEAK", "ALTA", "NORD");
      case BOAT -> dice.one("42", "7", "108", "19", "63");
      case ROBOT -> dice.one("R7", "B2", "01", "X9", "K5");
      case CAMERA -> dice.one("OPTIA", "LUMO", "KINA");
      case BALLOON -> dice.one("1", "5", "7", "18", "30", "40");
      default -> dice.one("VIA 8", "GO", "FRAGILE", "ROMA");
    };
  }
}
