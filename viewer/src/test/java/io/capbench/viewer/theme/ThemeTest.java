package io.capbench.viewer.theme;

import static org.assertj.core.api.Assertions.assertThat;

import io.capbench.viewer.fixture.FxThread;
import javafx.application.Application;
import javafx.scene.Scene;
import javafx.scene.layout.Pane;
import javafx.scene.text.Font;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class ThemeTest {
  @ParameterizedTest
  @EnumSource
  void aThemeIsFoundByItsIdAndTheOthersOtherIsItself(Theme theme) {
    assertThat(Theme.of(theme.id())).isEqualTo(theme);
    assertThat(theme.other()).isNotEqualTo(theme);
    assertThat(theme.other().other()).isEqualTo(theme);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "DARK", "blue"})
  void aWordThatIsNoThemeIsLight(String id) {
    assertThat(Theme.of(id)).isEqualTo(Theme.LIGHT);
  }

  @Test
  void aSceneWearsOneThemeAtATime() {
    FxThread.run(
        () -> {
          Scene scene = new Scene(new Pane());
          Theme.DARK.applyTo(scene);
          assertThat(scene.getStylesheets())
              .hasSize(2)
              .anyMatch(sheet -> sheet.endsWith("capbench.css"))
              .anyMatch(sheet -> sheet.endsWith("dark.css"));
          assertThat(Application.getUserAgentStylesheet()).contains("dark");
          Theme.LIGHT.applyTo(scene);
          assertThat(scene.getStylesheets())
              .hasSize(2)
              .noneMatch(sheet -> sheet.endsWith("dark.css"));
          assertThat(Application.getUserAgentStylesheet()).contains("light");
        });
  }

  @Test
  void theFontOfTheStylesheetsIsThereAfterLoading() {
    FxThread.run(
        () -> {
          Theme.loadFonts();
          assertThat(Font.getFamilies()).contains("Inter");
        });
  }
}
