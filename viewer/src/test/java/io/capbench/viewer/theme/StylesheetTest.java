package io.capbench.viewer.theme;

import static org.assertj.core.api.Assertions.assertThat;

import atlantafx.base.theme.PrimerDark;
import atlantafx.base.theme.PrimerLight;
import io.capbench.resources.Resource;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javafx.scene.paint.Color;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class StylesheetTest {
  private static final Pattern NAME = Pattern.compile("-cb-[a-z-]+");
  private static final Pattern DEFINITION = Pattern.compile("(-c(?:b|olor)-[a-z0-9-]+): *([^;]+);");
  private static final double READABLE = 4.5;

  @ParameterizedTest
  @EnumSource
  void everyColourThatTheWindowUsesIsDefinedAndNoOther(Theme theme) throws IOException {
    TreeSet<String> used = new TreeSet<>();
    Matcher names = NAME.matcher(text("styles/capbench.css"));
    while (names.find()) {
      used.add(names.group());
    }
    assertThat(used).hasSizeGreaterThan(10);
    assertThat(own(theme).keySet()).containsExactlyInAnyOrderElementsOf(used);
  }

  @Test
  void theThemesDefineTheSameColours() throws IOException {
    assertThat(own(Theme.LIGHT)).containsOnlyKeys(own(Theme.DARK).keySet());
  }

  @ParameterizedTest
  @CsvSource({
    "LIGHT, -cb-raw-tint",
    "LIGHT, -cb-synthetic-tint",
    "LIGHT, -cb-both-tint",
    "LIGHT, -cb-selected",
    "LIGHT, -cb-hover",
    "DARK, -cb-raw-tint",
    "DARK, -cb-synthetic-tint",
    "DARK, -cb-both-tint",
    "DARK, -cb-selected",
    "DARK, -cb-hover"
  })
  void textIsReadableOnEveryTint(Theme theme, String tint) throws IOException {
    Color text = themeColour(theme, "-color-fg-default");
    assertThat(contrast(text, Color.web(own(theme).get(tint)))).isGreaterThanOrEqualTo(READABLE);
  }

  @ParameterizedTest
  @EnumSource
  void quietTextIsReadableWhereItStands(Theme theme) throws IOException {
    Color muted = themeColour(theme, "-color-fg-muted");
    for (String place : new String[] {"-color-bg-default", "-color-bg-subtle"}) {
      assertThat(contrast(muted, themeColour(theme, place)))
          .as(place)
          .isGreaterThanOrEqualTo(READABLE);
    }
    Color picture = Color.web(own(theme).get("-cb-picture"));
    assertThat(contrast(muted, picture)).as("beside a picture").isGreaterThanOrEqualTo(READABLE);
  }

  @ParameterizedTest
  @EnumSource
  void linesAndVerdictsStandOutFromTheirGround(Theme theme) throws IOException {
    Color ground = themeColour(theme, "-color-bg-default");
    own(theme)
        .forEach(
            (name, value) -> {
              if (name.endsWith("-line") || name.matches("-cb-(accepted|rejected|edited)")) {
                assertThat(contrast(Color.web(value), ground))
                    .as(name)
                    .isGreaterThanOrEqualTo(name.contains("dropped") ? 2.9 : 3);
              }
            });
  }

  @Test
  void contrastIsThatOfTheWebGuidelines() {
    assertThat(contrast(Color.BLACK, Color.WHITE)).isEqualTo(21);
    assertThat(contrast(Color.WHITE, Color.WHITE)).isEqualTo(1);
    assertThat(contrast(Color.web("#777777"), Color.WHITE)).isBetween(4.47, 4.49);
  }

  private static Map<String, String> own(Theme theme) throws IOException {
    return definitions(text("styles/" + theme.name().toLowerCase(Locale.ROOT) + ".css"));
  }

  private static String text(String resource) throws IOException {
    try (InputStream in = Resource.url(resource).openStream()) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8).replaceAll("/\\*.*?\\*/", "");
    }
  }

  private static Map<String, String> definitions(String css) {
    Map<String, String> found = new LinkedHashMap<>();
    Matcher definitions = DEFINITION.matcher(css);
    while (definitions.find()) {
      found.putIfAbsent(definitions.group(1), definitions.group(2).strip());
    }
    return found;
  }

  private static Color themeColour(Theme theme, String name) throws IOException {
    String file =
        theme == Theme.LIGHT
            ? new PrimerLight().getUserAgentStylesheet()
            : new PrimerDark().getUserAgentStylesheet();
    try (InputStream in = StylesheetTest.class.getResourceAsStream(file)) {
      Map<String, String> colours =
          definitions(new String(in.readAllBytes(), StandardCharsets.UTF_8));
      String value = colours.get(name);
      while (value != null && value.startsWith("-color")) {
        value = colours.get(value);
      }
      return Color.web(value);
    }
  }

  private static double contrast(Color one, Color other) {
    double a = luminance(one);
    double b = luminance(other);
    return (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
  }

  private static double luminance(Color colour) {
    return 0.2126 * linear(colour.getRed())
        + 0.7152 * linear(colour.getGreen())
        + 0.0722 * linear(colour.getBlue());
  }

  private static double linear(double share) {
    return share <= 0.04045 ? share / 12.92 : Math.pow((share + 0.055) / 1.055, 2.4);
  }
}
