package io.capbench.samples.caption;

import io.capbench.samples.world.Dice;
import java.util.List;
import java.util.Locale;

/** Invented makers, people, towns and the numbers that shops print. */
final class Names {
  private static final List<String> BRANDS =
      List.of(
          "Velmora",
          "Norrvik",
          "Quillane",
          "Tarrow & Finch",
          "Ombrelle Nord",
          "Kestrelle",
          "Haldane Bros",
          "Pimlo",
          "Brackwater",
          "Sorrentina",
          "Lumora",
          "Fennick",
          "Oakmere",
          "Tindravik",
          "Juvelle",
          "Marrowby",
          "Kobalto",
          "Wrenfield",
          "Solvanda",
          "Zephra");
  private static final List<String> FIRST =
      List.of(
          "Mara",
          "Tobias",
          "Ines",
          "Ottoline",
          "Jonas",
          "Priya",
          "Lucian",
          "Hedda",
          "Rafael",
          "Yuna",
          "Cosima",
          "Emil",
          "Noor",
          "Silvan");
  private static final List<String> LAST =
      List.of(
          "Ellinsen",
          "Renwick-Vale",
          "Calvadero",
          "Fairburnby",
          "Wetterhag",
          "Sandovalle",
          "Brantwood",
          "Okuyanagi",
          "Marchetto",
          "Lindqvale",
          "Torvik",
          "Ashgrovey");
  private static final List<String> TOWNS =
      List.of(
          "Port Ellery",
          "Marisol Bay",
          "Kettlewick",
          "Nordsund",
          "Villa Aurelina",
          "Casterby",
          "Lindenbrück",
          "Puerto Clarín",
          "Saint-Aubry",
          "Hollin Cross",
          "Ravensholm",
          "Tamarisk Point");
  private static final List<String> MONTHS =
      List.of(
          "January",
          "February",
          "March",
          "April",
          "May",
          "June",
          "July",
          "August",
          "September",
          "October",
          "November",
          "December");

  String brand(Dice dice) {
    return dice.pick(BRANDS);
  }

  String person(Dice dice) {
    return dice.pick(FIRST) + " " + dice.pick(LAST);
  }

  String town(Dice dice) {
    return dice.pick(TOWNS);
  }

  /** For example "14 June 2016". */
  String date(Dice dice) {
    return dice.between(1, 28) + " " + dice.pick(MONTHS) + " " + dice.between(2004, 2022);
  }

  String month(Dice dice) {
    return dice.pick(MONTHS) + " " + dice.between(2004, 2022);
  }

  /** A product code, for example "GX250B". */
  String code(Dice dice) {
    String letters = "ABCDEFGHKLMNPRSTVWXZ";
    String head = letter(letters, dice) + letter(letters, dice);
    return dice.one(
        head + dice.between(10, 99) * 10 + letter(letters, dice),
        head + "-" + dice.between(100, 9999),
        head + dice.between(1, 9) + "/" + dice.between(10, 99));
  }

  private static String letter(String letters, Dice dice) {
    int at = dice.below(letters.length());
    return letters.substring(at, at + 1);
  }

  /** Thirteen digits with the right check digit, in a group that no publisher has. */
  String isbn(Dice dice) {
    StringBuilder digits = new StringBuilder("978");
    digits.append(dice.between(660_000_000, 689_999_999));
    int sum = 0;
    for (int i = 0; i < 12; i++) {
      sum += (digits.charAt(i) - '0') * (i % 2 == 0 ? 1 : 3);
    }
    return digits.append((10 - sum % 10) % 10).toString();
  }

  /** For example "$24.99" or "€ 19,90". */
  String price(Dice dice) {
    int whole = dice.between(6, 240);
    return dice.one(
        "$" + whole + ".99",
        String.format(Locale.ROOT, "£%d.%02d", whole, dice.between(0, 19) * 5),
        "€ " + whole + ",90");
  }
}
