package io.capbench.engine.cleaning;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The expected texts are those of ftfy 6.3.1, html.unescape twice and whitespace_clean. */
final class CaptionCleanerTest {
  private final CaptionCleaner cleaner = new CaptionCleaner(true);
  private final CaptionCleaner keepingCapitals = new CaptionCleaner(false);

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '`',
      delimiter = '|',
      value = {
        "\u201ccurly\u201d \u2018single\u2019 \u201eGerman\u201f \u02bc | \"curly\" 'single' \"German\" '",
        "\ufb02u\ufb03e\ufb06 \u0132 \u01c5 | fluffiest IJ D\u017e",
        "\uff2c\uff2f\uff35\uff24\u3000\uff76\uff9e\uff11 | LOUD \u30ac1",
        "e\u0301 A\u030a \u1112\u1161\u11ab | \u00e9 \u00c5 \ud55c",
        "a\u0000b\u0007c\u007fd\ufefff\ufffcg | abcdfg",
        "x\u001b[1;31mred\u001b[0m | xred",
        "a\u2028b\u0085c\u00a0d | a b\u2026c d",
        "\ud83d\ude00 \ud83d x | \ud83d\ude00 \ufffd x",
        "soft\u00adhyphen zero\u200bwidth | soft\u00adhyphen zero\u200bwidth",
      })
  void charactersAreRepairedAsFtfyRepairsThem(String text, String expected) {
    assertThat(keepingCapitals.clean(text).text()).isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '`',
      delimiter = '~',
      value = {
        "&lt;b&gt; &amp;amp;amp;amp; &#39;x&#x27; ~ <b> & 'x'",
        "AT&T R&D this&not that &copy 2024 ~ AT&T R&D this\u00ac that \u00a9 2024",
        "P&EACUTE;REZ BUNDESSTRA&SZLIG;E &nTILDE; ~ P\u00c9REZ BUNDESSTRASSE &nTILDE;",
        "&hellip;&nbsp;&#150;&#x80; ~ \u2026 \u2013\u20ac",
        "&#0; &#xD800; &#99999999999; &#1;x ~ \ufffd \ufffd \ufffd x",
        "&notanentity; &; &#; &#x; ~ \u00acanentity; &; &#; &#x;",
        "&NotEqualTilde; &Jscr; ~ \u2242\u0338 \ud835\udca5",
        "<em> &EACUTE; &eacute; ~ <em> &EACUTE; \u00e9",
      })
  void referencesAreResolvedAsPythonResolvesThem(String text, String expected) {
    assertThat(keepingCapitals.clean(text).text()).isEqualTo(expected);
  }

  @Test
  void tagsKeepWrongReferencesInTheLinesThatFollowToo() {
    assertThat(keepingCapitals.clean("&EACUTE;\n<em>\n&EACUTE;").text())
        .isEqualTo("\u00c9 <em> &EACUTE;");
  }

  @Test
  void whiteSpaceOfAllKindsIsOneSpace() {
    assertThat(cleaner.clean(" \t\n A\u00a0\u2003B\r\n\u3000 ").text()).isEqualTo("a b");
    assertThat(cleaner.clean(" \u2009 ").text()).isEmpty();
  }

  @Test
  void capitalsBecomeSmallAsInPython() {
    assertThat(cleaner.clean("\u0130STANBUL \u039f\u0394\u039f\u03a3 \u1e9e \u212a").text())
        .isEqualTo("i\u0307stanbul \u03bf\u03b4\u03bf\u03c2 \u00df k");
  }

  @Test
  void everyCharacterRemembersWhereItCameFrom() {
    String text = " &ldquo;CAF\u00c3\u00a9&rdquo;\u00a0\u00a0\ufb01n";
    TracedText cleaned = cleaner.clean(text);

    assertThat(cleaned.text()).isEqualTo("\"caf\u00e9\" fin");
    assertThat(part(text, cleaned, 0)).isEqualTo("&ldquo;");
    assertThat(part(text, cleaned, 1)).isEqualTo("C");
    assertThat(part(text, cleaned, 4)).isEqualTo("\u00c3\u00a9");
    assertThat(part(text, cleaned, 6)).isEqualTo("\u00a0\u00a0");
    assertThat(part(text, cleaned, 7)).isEqualTo("\ufb01");
    assertThat(part(text, cleaned, 8)).isEqualTo("\ufb01");
    assertThat(part(text, cleaned, 9)).isEqualTo("n");
  }

  @Test
  void placesAreInOrderAndWithinTheCaptionWhateverItHolds() {
    String[] parts = {
      "a",
      "B",
      " ",
      "\n",
      "&amp;",
      "&#x",
      "<",
      "\u00c3\u00a9",
      "\u00e2\u20ac\u2122",
      "e\u0301",
      "\u0130",
      "\ud83d\ude00",
      "\ud83d",
      "\ufb03",
      "\uff21",
      "\u001b[0m",
      "\u0000",
      "\u00c3 ",
      "\u03a3",
      "\ufffd"
    };
    for (int seed = 0; seed < 2_000; seed++) {
      Random random = new Random(seed);
      StringBuilder text = new StringBuilder();
      for (int i = random.nextInt(12); i >= 0; i--) {
        text.append(parts[random.nextInt(parts.length)]);
      }
      TracedText cleaned = cleaner.clean(text.toString());
      int start = 0;
      for (int i = 0; i < cleaned.text().length(); i++) {
        assertThat(cleaned.start(i)).as("seed %d", seed).isBetween(start, text.length());
        assertThat(cleaned.end(i)).isBetween(cleaned.start(i), text.length());
        start = cleaned.start(i);
      }
      String again = cleaner.clean(cleaned.text()).text();
      assertThat(cleaner.clean(again).text()).as("seed %d settles", seed).isEqualTo(again);
    }
  }

  @Test
  void textsThatAreMadeToKeepMachinesBusyDoNot() {
    assertThat(cleaner.clean("&" + "amp;".repeat(20_000)).text()).startsWith("&amp;");
    assertThat(cleaner.clean("\u00c3\u0192\u00c2".repeat(20_000)).text()).isNotEmpty();
    assertThat(cleaner.clean("a\u0301\u0316".repeat(20_000)).text()).hasSize(40_000);
    assertThat(cleaner.clean("<\n".repeat(20_000)).text()).hasSize(39_999);
  }

  private static String part(String text, TracedText cleaned, int index) {
    return text.substring(cleaned.start(index), cleaned.end(index));
  }
}
