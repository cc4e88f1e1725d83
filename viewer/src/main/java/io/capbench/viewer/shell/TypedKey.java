package io.capbench.viewer.shell;

import javafx.scene.input.KeyCombination;
import javafx.scene.input.KeyEvent;

/** A key by the character it writes, wherever the keyboard's layout has it. */
final class TypedKey extends KeyCombination {
  private final String character;

  TypedKey(String character) {
    super(
        ModifierValue.ANY, ModifierValue.UP, ModifierValue.ANY, ModifierValue.UP, ModifierValue.UP);
    this.character = character;
  }

  @Override
  public boolean match(KeyEvent event) {
    return super.match(event) && character.equals(event.getText());
  }
}
