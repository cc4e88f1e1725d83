package io.capbench.samples.caption;

import io.capbench.samples.world.Dice;
import java.util.List;

/** Invented makers, people, towns and the numbers that shops print. */
interface Names {
  /** Their English names. */
  List<String> MONTHS =
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

  /** Who makes things. */
  String brand(Dice dice);

  /** Somebody. */
  String person(Dice dice);

  /** Where people take pictures. */
  String town(Dice dice);

  /** A day, for example "14 June 2016". */
  String date(Dice dice);

  /** A month and its year. */
  String month(Dice dice);

  /** A product code, for example "GX250B". */
  String code(Dice dice);

  /** For example "$24.99" or "€ 19,90". */
  String price(Dice dice);

  /** Of a print, in inches, for example "12x16". */
  String size(Dice dice);

  /** Thirteen digits with the right check digit, in a group that no publisher has. */
  default String isbn(Dice dice) {
    StringBuilder digits = new StringBuilder("978");
    digits.append(dice.between(660_000_000, 689_999_999));
    int sum = 0;
    for (int i = 0; i < 12; i++) {
      sum += (digits.charAt(i) - '0') * (i % 2 == 0 ? 1 : 3);
    }
    return digits.append((10 - sum % 10) % 10).toString();
  }
}
