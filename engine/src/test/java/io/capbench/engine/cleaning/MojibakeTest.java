package io.capbench.engine.cleaning;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class MojibakeTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "sch\u00f6n, gr\u00f6\u00dfer",
        "caf\u00e9 \u00e9l\u00e8ve fa\u00e7ade",
        "ni\u00f1o coraz\u00f3n",
        "\u017b\u00f3\u0142\u0107 \u0141\u00f3d\u017a",
        "\u041f\u0440\u0438\u0432\u0435\u0442",
        "\u0395\u03bb\u03bb\u03b7\u03bd\u03b9\u03ba\u03ac",
        "\u65e5\u672c\u8a9e",
        "\ud83d\ude00 \u2714",
        "don\u2019t \u201cquote\u201d \u2013 \u2026",
        "20 \u20ac, 5 \u00a3, 30 \u00b0C"
      })
  void utf8ThatWasReadAsWindows1252OrLatin1IsReadAnew(String text) {
    byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);

    assertThat(repaired(new String(utf8, StandardCharsets.ISO_8859_1))).isEqualTo(text);
    assertThat(repaired(windows1252(utf8))).isEqualTo(text);
    assertThat(repaired(windows1252(windows1252(utf8).getBytes(StandardCharsets.UTF_8))))
        .isEqualTo(text);
  }

  @ParameterizedTest
  @CsvSource({
    "windows-1250, \u017b\u00f3\u0142\u0107 \u010cesk\u00e9 \u017alu\u0165ou\u010dk\u00fd",
    "windows-1251, \u041f\u0440\u0438\u0432\u0435\u0442 \u043c\u0438\u0440",
    "ISO-8859-2, \u0141\u00f3d\u017a \u017b\u00f3\u0142\u0107",
    "x-MacRoman, caf\u00e9 \u00e9l\u00e8ve",
    "IBM437, \u041f\u0440\u0438\u0432\u0435\u0442"
  })
  void otherCharsetsAreRecognisedToo(String charset, String text) {
    String broken = new String(text.getBytes(StandardCharsets.UTF_8), Charset.forName(charset));

    assertThat(repaired(broken)).isEqualTo(text);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "AH\u00c5\u2122, the new sofa from IKEA\u00ae",
        "not such a fan of Charlotte Bront\u00eb\u2026\u201d",
        "S\u00c3O PAULO",
        "\u00c7a va? \u00abO\u00f9?\u00bb",
        "50 \u00b0C \u00b1 3 \u00b5m",
        "NESCAF\u00c9\u00ae CAF\u00c9",
        "\u00c4\u00d6\u00dc \u00e4\u00f6\u00fc \u00df",
        "Pok\u00e9mon\u2122 5 \u00bd\u201d \u00d7 3 \u00bc\u201d",
        "\u00a1Qu\u00e9! 10\u00ba 1\u00aa",
        "\u041f\u0440\u0438\u0432\u0435\u0442, \u043c\u0438\u0440!",
        "\u0395\u03bb\u03bb\u03b7\u03bd\u03b9\u03ba\u03ac",
        "\u221a2 \u2248 1.41"
      })
  void textThatIsRightStaysAsItIs(String text) {
    assertThat(repaired(text)).isEqualTo(text);
  }

  @Test
  void brokenWordsAmongWholeOnesAreRepairedByThemselves() {
    assertThat(repaired("\u65e5\u672c caf\u00c3\u00a9 \u4e2d\u6587"))
        .isEqualTo("\u65e5\u672c caf\u00e9 \u4e2d\u6587");
  }

  @Test
  void whatOtherProgramsLostOnTheWayIsAllowedFor() {
    // A no-break space that became a space, and an undefined byte that became U+FFFD.
    assertThat(repaired("\u00c3 la carte, d\u00c3\u00a9j\u00c3  vu"))
        .isEqualTo("\u00e0 la carte, d\u00e9j\u00e0 vu");
    assertThat(repaired("\u00e2\u20ac\u0153like this\u00e2\u20ac\ufffd"))
        .isEqualTo("\u201clike this\ufffd");
  }

  @Test
  void surrogatesThatWereEncodedEachByItselfAreJoined() {
    byte[] bytes = {(byte) 0xed, (byte) 0xa0, (byte) 0xbd, (byte) 0xed, (byte) 0xb8, (byte) 0x80};

    assertThat(repaired(new String(bytes, StandardCharsets.ISO_8859_1))).isEqualTo("\ud83d\ude00");
  }

  @Test
  void controlsOfWindowsAreItsPunctuation() {
    TracedText text = TracedText.original("\u65e5 \u0093quoted\u0094 text\u0085 \u0081");

    assertThat(Mojibake.withoutC1(text).text())
        .isEqualTo("\u65e5 \u201cquoted\u201d text\u2026 \u0081");
  }

  private static String repaired(String text) {
    return Mojibake.repair(TracedText.original(text)).text();
  }

  private static String windows1252(byte[] bytes) {
    StringBuilder text = new StringBuilder();
    for (byte value : bytes) {
      String character = new String(new byte[] {value}, Charset.forName("windows-1252"));
      text.append(character.equals("\ufffd") ? (char) (value & 0xff) : character.charAt(0));
    }
    return text.toString();
  }
}
