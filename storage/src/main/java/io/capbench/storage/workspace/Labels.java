package io.capbench.storage.workspace;

import java.util.Collection;

/** Names that people read and type. */
final class Labels {
  private Labels() {}

  /**
   * The name, with a number behind it if something else is called so, in capital letters or not.
   *
   * @param gap what stands between the name and the number
   */
  static String unused(String wanted, String gap, Collection<String> used) {
    String label = wanted;
    for (int number = 2; isUsed(label, used); number++) {
      label = wanted + gap + number;
    }
    return label;
  }

  private static boolean isUsed(String label, Collection<String> used) {
    return used.stream().anyMatch(label::equalsIgnoreCase);
  }
}
