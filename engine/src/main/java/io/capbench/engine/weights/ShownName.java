package io.capbench.engine.weights;

/** Names that a file gave, made fit for a message: not too long and without control characters. */
final class ShownName {
  private static final int LONGEST = 120;

  private ShownName() {}

  static String of(String name) {
    String plain = name.replaceAll("[\\p{Cntrl}\\p{Cf}\\p{Cs}]", "?");
    return plain.length() <= LONGEST ? plain : plain.substring(0, LONGEST) + "...";
  }
}
