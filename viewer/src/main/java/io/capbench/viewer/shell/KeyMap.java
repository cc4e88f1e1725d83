package io.capbench.viewer.shell;

import java.util.List;
import java.util.Set;
import javafx.scene.Node;
import javafx.scene.control.ButtonBase;
import javafx.scene.control.ChoiceBox;
import javafx.scene.control.ComboBoxBase;
import javafx.scene.control.MenuButton;
import javafx.scene.control.Slider;
import javafx.scene.control.TextArea;
import javafx.scene.control.TextInputControl;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyCombination;
import javafx.scene.input.KeyEvent;
import org.jspecify.annotations.Nullable;

/** Finds what a key press does. The same list makes the help, so the two cannot differ. */
final class KeyMap {
  private static final Set<KeyCode> CONTROL_KEYS =
      Set.of(KeyCode.SPACE, KeyCode.ENTER, KeyCode.UP, KeyCode.DOWN);

  /** Up and down stay with the rows. */
  private static final Set<KeyCode> SLIDER_KEYS = Set.of(KeyCode.LEFT, KeyCode.RIGHT);

  private final List<KeyAction> actions;
  private boolean swallowTyped;

  KeyMap(List<KeyAction> actions) {
    this.actions = List.copyOf(actions);
  }

  List<KeyAction> actions() {
    return actions;
  }

  /**
   * Runs what the key is for, unless the focused control needs the key itself.
   *
   * @param focus the node that has the keyboard, or null
   * @param writing whether a text is being written somewhere, so that a letter must decide nothing
   */
  void handle(KeyEvent event, @Nullable Node focus, boolean writing) {
    leaveOut(event);
    if (event.getEventType() == KeyEvent.KEY_PRESSED) {
      press(event, focus, writing);
      swallowTyped = event.isConsumed();
    }
  }

  /** Sees to it that the letter of a key that did something does not land in what it opened. */
  void leaveOut(KeyEvent event) {
    if (event.getEventType() == KeyEvent.KEY_PRESSED) {
      swallowTyped = false;
    } else if (event.getEventType() == KeyEvent.KEY_TYPED && swallowTyped) {
      event.consume();
    }
  }

  private void press(KeyEvent event, @Nullable Node focus, boolean writing) {
    boolean typing = writing || focus instanceof TextInputControl;
    if (usesKey(focus, event)) {
      return;
    }
    for (KeyAction action : actions) {
      if (typing && !action.whileTyping()) {
        continue;
      }
      for (KeyCombination combination : action.combinations()) {
        if (combination.match(event)) {
          event.consume();
          action.action().run();
          return;
        }
      }
    }
  }

  private static boolean usesKey(@Nullable Node focus, KeyEvent event) {
    if (focus instanceof TextArea && event.getCode() == KeyCode.ESCAPE) {
      return true; // ends the edit, nothing else
    }
    if (focus instanceof Slider && SLIDER_KEYS.contains(event.getCode())) {
      return true;
    }
    boolean control =
        focus instanceof ButtonBase
            || focus instanceof ChoiceBox
            || focus instanceof ComboBoxBase
            || focus instanceof MenuButton;
    return control && CONTROL_KEYS.contains(event.getCode());
  }
}
