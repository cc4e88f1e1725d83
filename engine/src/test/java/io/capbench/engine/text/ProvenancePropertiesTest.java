package io.capbench.engine.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What must hold for any text whatever. */
class ProvenancePropertiesTest {
  private static final String[] PARTS = {
    "the",
    "Dog",
    "dogs",
    "GX250B",
    "9-1",
    "$19.99",
    "12",
    "x",
    "16",
    "-",
    "_",
    ".",
    ",",
    ":",
    "'",
    "’",
    "/",
    "%",
    "½",
    "$",
    " ",
    " ",
    " ",
    "\n",
    "\u0000",
    "\u200D",
    "\uFE0F",
    "&",
    "&amp;",
    "&quot;",
    "&eacute;",
    "&#x1F600;",
    "&#55357;",
    "&amp;amp;lt;",
    "&#",
    ";",
    "🐶",
    "👩‍👩‍👧",
    "1️⃣",
    "🇫🇷",
    "\uD83D",
    "\uDC36",
    "e\u0301",
    "\u0301",
    "日本",
    "カタカナ",
    "한국",
    "สวัสดี",
    "كلب",
    "שלום",
    "𝒜",
    "𠮷",
    "\u2060",
    "\uFEFF",
    "\u202E",
    "ß",
    "İ",
    "ŉ",
    "ﷺ",
    "<b>",
    "<!--"
  };

  private final ProvenanceAnalyzer analyzer = new ProvenanceAnalyzer();

  @Test
  void anyTextKeepsTheRules() {
    Random random = new Random(20260101);
    for (int i = 0; i < 4000; i++) {
      check(text(random), text(random), text(random));
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "a", "1", "-", "9-", "a-1-", "&amp;", "&", "&a", "&#", "'", "a.", "1,", "𝒜", "🐶", "👩‍",
        "日", "e\u0301", "\u0301", "dog ", "12 x ", "$", "$ 5", "a'", "\uD83D", "_", "½", ":1"
      })
  void workGrowsWithTheLengthAndNotWithItsSquare(String part) {
    int repeats = 20_000 / part.length();
    String tenth = part.repeat(repeats / 10);
    String whole = part.repeat(repeats);
    check(whole, tenth, whole);

    long small = allocatedBy(tenth);
    long large = allocatedBy(whole);

    // Ten times the text; the square would be a hundred times the bytes.
    assertThat(large).isLessThan(30 * small);
  }

  @Test
  void aCaptionOfAHundredThousandCharactersIsAnalyzed() {
    String caption = "A dog-cart GX250B &amp; $19.99, 🐶 ".repeat(3000);

    Provenance provenance = analyzer.analyze(caption, null, caption);

    assertThat(caption).hasSizeGreaterThan(100_000);
    assertThat(provenance.tokens()).hasSize(3000 * 6);
    assertThat(provenance.shares().raw()).isEqualTo(1.0);
  }

  private void check(String raw, String synthetic, String fused) {
    Provenance provenance = analyzer.analyze(raw, synthetic, fused);

    int end = 0;
    for (OriginToken token : provenance.tokens()) {
      end = checkToken(fused, token.text(), token.start(), token.end(), end);
    }
    checkDropped(raw, provenance.droppedRaw());
    checkDropped(synthetic, provenance.droppedSynthetic());
    Shares shares = provenance.shares();
    boolean content = provenance.tokens().stream().anyMatch(t -> t.origin() != Origin.GLUE);
    assertThat(shares.raw() + shares.synthetic() + shares.both() + shares.neither())
        .isEqualTo(content ? 1.0 : 0.0, within(1e-9));
    assertThat(analyzer.analyze(fused, fused, fused).tokens())
        .allMatch(t -> t.origin() == Origin.BOTH || t.origin() == Origin.GLUE);
  }

  private static void checkDropped(String parent, Iterable<DroppedToken> dropped) {
    int end = 0;
    for (DroppedToken token : dropped) {
      end = checkToken(parent, token.text(), token.start(), token.end(), end);
    }
  }

  private static int checkToken(String caption, String text, int start, int end, int free) {
    assertThat(start).as(caption).isGreaterThanOrEqualTo(free);
    assertThat(end).as(caption).isGreaterThan(start).isLessThanOrEqualTo(caption.length());
    assertThat(text).isEqualTo(caption.substring(start, end));
    return end;
  }

  private long allocatedBy(String caption) {
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    long before = threads.getCurrentThreadAllocatedBytes();
    analyzer.analyze(caption, caption, caption);
    return threads.getCurrentThreadAllocatedBytes() - before;
  }

  private static String text(Random random) {
    StringBuilder text = new StringBuilder();
    int parts = random.nextInt(30);
    for (int i = 0; i < parts; i++) {
      if (random.nextInt(10) == 0) {
        text.append((char) random.nextInt(0x10000));
      } else if (random.nextInt(10) == 0) {
        text.appendCodePoint(random.nextInt(0x110000));
      } else {
        text.append(PARTS[random.nextInt(PARTS.length)]);
      }
    }
    return text.toString();
  }
}
