package io.capbench.samples.caption;

import io.capbench.samples.world.Dice;
import java.util.List;
import java.util.Locale;

/** The few names of the bundled sample. */
final class SampleNames implements Names {
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

  @Override
  public String brand(Dice dice) {
    return dice.pick(BRANDS);
  }

  @Override
  public String person(Dice dice) {
    return dice.pick(FIRST) + " " + dice.pick(LAST);
  }

  @Override
  public String town(Dice dice) {
    return dice.pick(TOWNS);
  }

  @Override
  public String date(Dice dice) {
    return dice.between(1, 28) + " " + dice.pick(MONTHS) + " " + dice.between(2004, 2022);
  }

  @Override
  public String month(Dice dice) {
    return dice.pick(MONTHS) + " " + dice.between(2004, 2022);
  }

  @Override
  public String code(Dice dice) {
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

  @Override
  public String size(Dice dice) {
    return dice.one("12x16", "8x10", "18x24", "30x40");
  }

  @Override
  public String price(Dice dice) {
    int whole = dice.between(6, 240);
    return dice.one(
        "$" + whole + ".99",
        String.format(Locale.ROOT, "£%d.%02d", whole, dice.between(0, 19) * 5),
        "€ " + whole + ",90");
  }
}
