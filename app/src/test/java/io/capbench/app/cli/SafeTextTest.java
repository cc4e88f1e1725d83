package io.capbench.app.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class SafeTextTest {
  @Test
  void plainTextOfAnyScriptIsTheSameObject() {
    String text = "café 猫 قطة 👩‍👩‍👧 \\";

    assertThat(SafeText.line(text)).isSameAs(text);
  }

  @Test
  void everyControlCharacterIsShownAndNoneIsLeft() {
    for (int c = 0; c < 0x20; c++) {
      assertThat(SafeText.line("a" + (char) c + "b")).matches("a\\\\([nrt]|u00[0-9a-f]{2})b");
    }
    for (int c = 0x7F; c < 0xA0; c++) {
      assertThat(SafeText.line("a" + (char) c + "b")).matches("a\\\\u00[0-9a-f]{2}b");
    }
  }

  @Test
  void marksThatReorderTextAndLineEndsOfUnicodeAreShown() {
    assertThat(SafeText.line("\u202Eab\u2066c\u2028\u2029\u200F\u061C"))
        .isEqualTo("\\u202eab\\u2066c\\u2028\\u2029\\u200f\\u061c");
  }

  @Test
  void halvesOfCharactersAreShownAndWholeOnesStay() {
    assertThat(SafeText.line("\uD83D x \uDE00 \uD83D\uDE00"))
        .isEqualTo("\\ud83d x \\ude00 \uD83D\uDE00");
  }

  @Test
  void lineBreaksStayOnlyInMessages() {
    assertThat(SafeText.line("a\nb\tc")).isEqualTo("a\\nb\\tc");
    assertThat(SafeText.lines("a\nb\tc")).isEqualTo("a\nb\\tc");
  }
}
