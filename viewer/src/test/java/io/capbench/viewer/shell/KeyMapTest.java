package io.capbench.viewer.shell;

import static org.assertj.core.api.Assertions.assertThat;

import io.capbench.viewer.fixture.FxThread;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import javafx.scene.Node;
import javafx.scene.Scene;
import javafx.scene.control.Button;
import javafx.scene.control.ChoiceBox;
import javafx.scene.control.Label;
import javafx.scene.control.Slider;
import javafx.scene.control.TextArea;
import javafx.scene.control.TextField;
import javafx.scene.control.ToggleButton;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import javafx.scene.layout.Pane;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class KeyMapTest {
  private final List<String> done = new ArrayList<>();
  private final KeyMap keys =
      new KeyMap(
          List.of(
              action("accept", "A", "a", "A"),
              action("skip", "Space", "Space"),
              action("enter", "Enter", "Enter"),
              action("help", "?  F1", "?", "F1"),
              action("down", "↓", "Down"),
              action("undo", "Ctrl+Z", "Shortcut+Z"),
              action("nameless", "", "9"),
              action("theme", "Ctrl+D", "Shortcut+D").everywhere(),
              action("back", "Esc", "Esc").everywhere()));

  @BeforeAll
  static void startJavaFx() {
    FxThread.start();
  }

  private KeyAction action(String name, String label, String... codes) {
    return KeyAction.of("Group of " + name, "Does " + name, label, () -> done.add(name), codes);
  }

  @Test
  void aKeyDoesItsAction() {
    FxThread.run(
        () -> {
          KeyEvent event = press(KeyCode.A, "a");
          keys.handle(event, new Pane(), false);
          assertThat(done).containsExactly("accept");
          assertThat(event.isConsumed()).isTrue();
        });
  }

  @Test
  void lettersCountByWhatTheyWriteWhereverTheKeyIs() {
    FxThread.run(
        () -> {
          keys.handle(press(KeyCode.Q, "a"), null, false);
          keys.handle(shifted(KeyCode.A, "A"), null, false);
          keys.handle(shifted(KeyCode.SLASH, "?"), null, false);
          keys.handle(press(KeyCode.SLASH, "/"), null, false);
          assertThat(done).containsExactly("accept", "accept", "help");
        });
  }

  @Test
  void lettersWithControlAreLeftAloneAndAltGrMayWriteThem() {
    FxThread.run(
        () -> {
          KeyEvent control = control(KeyCode.A, "a");
          keys.handle(control, null, false);
          assertThat(done).isEmpty();
          assertThat(control.isConsumed()).isFalse();
          KeyEvent alt =
              new KeyEvent(KeyEvent.KEY_PRESSED, "", "a", KeyCode.A, false, false, true, false);
          keys.handle(alt, null, false);
          assertThat(done).containsExactly("accept");
        });
  }

  @Test
  void keysWithNoActionAreLeftAlone() {
    FxThread.run(
        () -> {
          KeyEvent event = press(KeyCode.W, "w");
          keys.handle(event, new Pane(), false);
          assertThat(event.isConsumed()).isFalse();
        });
  }

  @Test
  void whileATextIsWrittenOnlyKeysForEverywhereWork() {
    FxThread.run(
        () -> {
          for (Node field : new Node[] {new TextField(), new TextArea()}) {
            done.clear();
            KeyEvent letter = press(KeyCode.A, "a");
            keys.handle(letter, field, false);
            keys.handle(press(KeyCode.SPACE, " "), field, false);
            keys.handle(press(KeyCode.ENTER, "\r"), field, false);
            keys.handle(control(KeyCode.Z, "z"), field, false);
            assertThat(done).isEmpty();
            assertThat(letter.isConsumed()).isFalse();
            keys.handle(control(KeyCode.D, "d"), field, false);
            assertThat(done).containsExactly("theme");
          }
          keys.handle(press(KeyCode.ESCAPE, ""), new TextField(), false);
          assertThat(done).containsExactly("theme", "back");
        });
  }

  @Test
  void aSliderKeepsTheKeysThatMoveItAndTheRowsKeepTheirs() {
    FxThread.run(
        () -> {
          KeyMap map =
              new KeyMap(List.of(action("word", "→", "Right"), action("down", "↓", "Down")));
          map.handle(press(KeyCode.RIGHT, ""), new Slider(), false);
          assertThat(done).isEmpty();
          map.handle(press(KeyCode.DOWN, ""), new Slider(), false);
          map.handle(press(KeyCode.RIGHT, ""), new Pane(), false);
          assertThat(done).containsExactly("down", "word");
        });
  }

  @Test
  void theLetterOfAKeyThatDidSomethingIsSwallowedOnce() {
    FxThread.run(
        () -> {
          keys.handle(press(KeyCode.A, "a"), new Pane(), false);
          KeyEvent typed = typed("a");
          keys.handle(typed, new TextField(), false);
          assertThat(typed.isConsumed()).as("it must not land in the field that opened").isTrue();

          keys.handle(press(KeyCode.A, "a"), new TextField(), false);
          KeyEvent next = typed("a");
          keys.handle(next, new TextField(), false);
          assertThat(next.isConsumed()).as("now a person writes").isFalse();
        });
  }

  @Test
  void aRepeatedLetterIsSwallowedEachTime() {
    FxThread.run(
        () -> {
          for (int i = 0; i < 3; i++) {
            keys.handle(press(KeyCode.A, "a"), new Pane(), false);
            KeyEvent typed = typed("a");
            keys.handle(typed, new Pane(), false);
            assertThat(typed.isConsumed()).isTrue();
          }
          assertThat(done).hasSize(3);
        });
  }

  @Test
  void releasingAKeyDoesNothing() {
    FxThread.run(
        () -> {
          keys.handle(
              new KeyEvent(KeyEvent.KEY_RELEASED, "", "a", KeyCode.A, false, false, false, false),
              new Pane(),
              false);
          assertThat(done).isEmpty();
        });
  }

  @Test
  void controlsThatAKeyboardReachesKeepTheirOwnKeys() {
    FxThread.run(
        () -> {
          for (Node control :
              new Node[] {new Button(), new ToggleButton(), new ChoiceBox<String>()}) {
            for (KeyEvent event :
                List.of(
                    press(KeyCode.SPACE, " "),
                    press(KeyCode.ENTER, "\r"),
                    press(KeyCode.DOWN, ""))) {
              keys.handle(event, control, false);
              assertThat(event.isConsumed()).isFalse();
            }
            assertThat(done).isEmpty();
          }
          keys.handle(press(KeyCode.A, "a"), new Button(), false);
          assertThat(done).containsExactly("accept");
        });
  }

  @Test
  void anEditorKeepsItsEscape() {
    FxThread.run(
        () -> {
          KeyEvent event = press(KeyCode.ESCAPE, "");
          keys.handle(event, new TextArea(), false);
          assertThat(event.isConsumed()).isFalse();
          assertThat(done).isEmpty();
        });
  }

  @Test
  void whatOpenedASheetIsNotWrittenIntoItAndTheRestIs() {
    FxThread.run(
        () -> {
          keys.handle(press(KeyCode.A, "a"), null, false);
          KeyEvent opening = typed("a");
          keys.leaveOut(opening);
          assertThat(opening.isConsumed()).isTrue();

          KeyEvent pressed = press(KeyCode.A, "a");
          KeyEvent written = typed("a");
          keys.leaveOut(pressed);
          keys.leaveOut(written);
          assertThat(pressed.isConsumed()).isFalse();
          assertThat(written.isConsumed()).isFalse();
          assertThat(done).containsExactly("accept");
        });
  }

  @Test
  void theHelpListsEveryKeyThatHasAName() {
    FxThread.run(
        () -> {
          KeyHelp help = new KeyHelp(keys);
          new Scene(help).getRoot().applyCss(); // what scrolls has no content before
          help.layout();
          Set<String> texts =
              help.lookupAll(".label").stream()
                  .map(node -> ((Label) node).getText())
                  .collect(Collectors.toSet());
          for (KeyAction action : keys.actions()) {
            if (action.keys().isEmpty()) {
              assertThat(texts).doesNotContain(action.title(), action.group());
            } else {
              assertThat(texts).contains(action.keys(), action.title(), action.group());
            }
          }
        });
  }

  private static KeyEvent press(KeyCode code, String text) {
    return new KeyEvent(KeyEvent.KEY_PRESSED, "", text, code, false, false, false, false);
  }

  private static KeyEvent shifted(KeyCode code, String text) {
    return new KeyEvent(KeyEvent.KEY_PRESSED, "", text, code, true, false, false, false);
  }

  private static KeyEvent control(KeyCode code, String text) {
    return new KeyEvent(KeyEvent.KEY_PRESSED, "", text, code, false, true, false, false);
  }

  private static KeyEvent typed(String text) {
    return new KeyEvent(
        KeyEvent.KEY_TYPED, text, "", KeyCode.UNDEFINED, false, false, false, false);
  }

  @Test
  void whileSomethingIsWrittenALetterBesideTheEditorDecidesNothing() {
    keys.handle(pressed(KeyCode.A), null, true);
    assertThat(done).isEmpty();
    keys.handle(pressed(KeyCode.ESCAPE), null, true);
    assertThat(done).containsExactly("back");
    keys.handle(pressed(KeyCode.A), null, false);
    assertThat(done).containsExactly("back", "accept");
  }

  private static KeyEvent pressed(KeyCode code) {
    return new KeyEvent(
        KeyEvent.KEY_PRESSED,
        "",
        code.getChar().toLowerCase(java.util.Locale.ROOT),
        code,
        false,
        false,
        false,
        false);
  }
}
