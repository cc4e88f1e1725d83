package io.capbench.viewer.shell;

import java.util.List;
import javafx.scene.input.KeyCombination;

/**
 * Something that keys do.
 *
 * @param group where it stands in the list of keys
 * @param title what it does
 * @param keys how to call it for people, such as "↓ J"; empty to leave it out of the help
 * @param combinations the keys
 * @param whileTyping whether the keys also work while a text is being written
 * @param action what to run, on the FX thread
 */
record KeyAction(
    String group,
    String title,
    String keys,
    List<KeyCombination> combinations,
    boolean whileTyping,
    Runnable action) {

  static KeyAction of(String group, String title, String keys, Runnable action, String... codes) {
    return new KeyAction(group, title, keys, combinations(codes), false, action);
  }

  /** The same while a text is being written, too. */
  KeyAction everywhere() {
    return new KeyAction(group, title, keys, combinations, true, action);
  }

  /** One character stands for the key that writes it, anything longer for a key by name. */
  private static List<KeyCombination> combinations(String... codes) {
    return List.of(codes).stream()
        .map(code -> code.length() == 1 ? new TypedKey(code) : KeyCombination.valueOf(code))
        .toList();
  }
}
