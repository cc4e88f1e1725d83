package io.capbench.samples.caption;

import io.capbench.samples.world.Dice;
import java.util.Locale;
import java.util.function.Supplier;

/**
 * Names, codes and numbers without end, as wild as those of the web: 3 to 14 characters, repeated
 * letters, small and capital, digits, marks. One word in eight is held out: it is never seen in
 * training.
 */
final class OpenNames implements Names {
  private static final int HELD_OUT = 8;
  private static final String VOWELS = "aeiou";
  private static final String CONSONANTS = "bcdfghjklmnpqrstvwxyz";
  private static final String ACCENTED = "éüöñç";
  private static final String CAPITALS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ";

  private final boolean heldOut;

  /**
   * Names.
   *
   * @param heldOut whether of words that are held out, instead of all others
   */
  OpenNames(boolean heldOut) {
    this.heldOut = heldOut;
  }

  @Override
  public String brand(Dice dice) {
    return switch (dice.below(10)) {
      case 0 -> capital(word(dice)) + " & " + capital(word(dice));
      case 1 -> capital(word(dice)) + " " + capital(word(dice));
      case 2 -> word(dice);
      case 3 -> word(dice).toUpperCase(Locale.ROOT);
      case 4 -> capital(shortWord(dice)) + capital(shortWord(dice));
      case 5 -> capital(shortWord(dice)) + "-" + capital(shortWord(dice));
      default -> capital(word(dice));
    };
  }

  @Override
  public String person(Dice dice) {
    String last = capital(word(dice));
    return switch (dice.below(8)) {
      case 0 -> CAPITALS.charAt(dice.below(26)) + ". " + last;
      case 1 -> capital(shortWord(dice)) + " " + last + "-" + capital(shortWord(dice));
      default -> capital(shortWord(dice)) + " " + last;
    };
  }

  @Override
  public String town(Dice dice) {
    String name = capital(word(dice));
    return switch (dice.below(8)) {
      case 0 -> "Port " + name;
      case 1 -> name + " " + dice.one("Bay", "Cross", "Point");
      case 2 -> "Saint-" + name;
      case 3 -> name + " " + capital(shortWord(dice));
      default -> name;
    };
  }

  @Override
  public String date(Dice dice) {
    int day = dice.between(1, 28);
    int year = dice.between(1950, 2049);
    return switch (dice.below(4)) {
      case 0 -> dice.pick(MONTHS) + " " + day + ", " + year;
      case 1 -> String.format(Locale.ROOT, "%02d.%02d.%d", day, dice.between(1, 12), year);
      default -> day + " " + dice.pick(MONTHS) + " " + year;
    };
  }

  @Override
  public String month(Dice dice) {
    return dice.pick(MONTHS) + " " + dice.between(1950, 2049);
  }

  @Override
  public String code(Dice dice) {
    return unseen(
        () -> {
          StringBuilder code = new StringBuilder();
          int length = dice.between(3, 9);
          int digits = dice.between(30, 80);
          while (code.length() < length) {
            boolean inside =
                !code.isEmpty()
                    && code.length() < length - 1
                    && Character.isLetterOrDigit(code.charAt(code.length() - 1));
            if (inside && dice.below(9) == 0) {
              code.append(dice.one("-", "/", "."));
            } else if (inside && dice.below(8) == 0) {
              code.append(code.charAt(code.length() - 1));
            } else if (dice.below(100) < digits) {
              code.append(dice.below(10));
            } else {
              code.append(CAPITALS.charAt(dice.below(26)));
            }
          }
          // A code without a digit would be a word.
          return code.append(dice.below(10)).toString();
        });
  }

  @Override
  public String price(Dice dice) {
    int whole = dice.one(dice.between(1, 9), dice.between(10, 99), dice.between(100, 9999));
    int cents = dice.below(100);
    return switch (dice.below(4)) {
      case 0 -> "$" + whole;
      case 1 -> String.format(Locale.ROOT, "$%d.%02d", whole, cents);
      case 2 -> String.format(Locale.ROOT, "£%d.%02d", whole, cents);
      default -> String.format(Locale.ROOT, "€ %d,%02d", whole, cents);
    };
  }

  @Override
  public String size(Dice dice) {
    return dice.between(4, 120) + "x" + dice.between(4, 120);
  }

  /** A word of 3 to 14 small letters. */
  String word(Dice dice) {
    return unseen(() -> spelled(dice, dice.one(dice.between(3, 6), dice.between(4, 9), 14)));
  }

  private String shortWord(Dice dice) {
    return unseen(() -> spelled(dice, dice.between(3, 7)));
  }

  /** As it could be spoken, or not. */
  private static String spelled(Dice dice, int most) {
    boolean wild = dice.below(4) == 0;
    int length = most == 14 ? dice.between(9, 14) : most;
    StringBuilder word = new StringBuilder();
    boolean vowel = dice.below(3) == 0;
    while (word.length() < length) {
      String letters = vowel ? VOWELS : CONSONANTS;
      char letter = letters.charAt(dice.below(letters.length()));
      word.append(letter);
      if (word.length() < length && dice.below(8) == 0) {
        word.append(dice.below(6) == 0 ? ACCENTED.charAt(dice.below(ACCENTED.length())) : letter);
      }
      vowel = wild ? dice.below(3) == 0 : !vowel;
    }
    return word.toString();
  }

  private String unseen(Supplier<String> maker) {
    String word = maker.get();
    while (heldOut != isHeldOut(word)) {
      word = maker.get();
    }
    return word;
  }

  /** Whether training never shows a word, whatever its capitals. */
  static boolean isHeldOut(String word) {
    long mixed = Dice.mixed(word.toLowerCase(Locale.ROOT).hashCode(), 77);
    return Math.floorMod(mixed, HELD_OUT) == 0;
  }

  private static String capital(String word) {
    return Phrases.capital(word);
  }
}
