package io.capbench.engine.tokenizer;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class BpeTokenizerTest {
  private static final int FIRST_PAIR = 512;
  private static final int BEGIN = FIRST_PAIR + SmallVocabulary.PAIRS.size();
  private static final int END = BEGIN + 1;

  @TempDir private Path folder;
  private ClipTokenizer tokenizer;

  @BeforeEach
  void open() throws IOException {
    SmallVocabulary.writeOpenAi(folder);
    tokenizer = new ClipTokenizers().open(folder, 8, END + 1, TokenLayout.CLIP);
  }

  @Test
  void pairsAreMergedInTheOrderOfTheFile() {
    EncodedCaption caption = tokenizer.encode("the cat");

    assertThat(caption.ids())
        .containsExactly(BEGIN, pair("th e</w>"), pair("ca t</w>"), END, 0, 0, 0, 0);
    assertThat(caption.end()).isEqualTo(3);
    assertThat(caption.truncated()).isFalse();
  }

  @Test
  void tokensSayWhichCharactersOfTheUncleanedCaptionTheyStandFor() {
    String text = " \u201cCAT\u201d &amp; \ufb01";
    EncodedCaption caption = tokenizer.encode(text);

    assertThat(parts(caption, text))
        .containsExactly("\u201c", "CAT", "\u201d", "&amp;", "\ufb01", "\ufb01");
    assertThat(caption.spans().get(1).position()).isEqualTo(2);
  }

  @Test
  void bytesOfOneCharacterShareItsPlace() {
    String text = "\ud83e\udd99 caf\u00e9";
    EncodedCaption caption = tokenizer.encode(text);

    // Four bytes of the animal, then "ca f" and the two bytes of the accented letter as one token.
    assertThat(parts(caption, text))
        .containsExactly(
            "\ud83e\udd99", "\ud83e\udd99", "\ud83e\udd99", "\ud83e\udd99", "caf", "\u00e9");
  }

  @Test
  void aCaptionThatIsTooLongLosesItsEndButNotTheMark() {
    EncodedCaption caption = tokenizer.encode("cat cat cat cat cat cat cat");

    assertThat(caption.ids()).hasSize(8).startsWith(BEGIN).endsWith(END);
    assertThat(caption.end()).isEqualTo(7);
    assertThat(caption.truncated()).isTrue();
    assertThat(caption.spans()).hasSize(6);
  }

  @Test
  void aCaptionThatJustFitsIsWhole() {
    assertThat(tokenizer.encode("cat cat cat cat cat cat").truncated()).isFalse();
  }

  @Test
  void nothingAtAllIsBeginAndEnd() {
    assertThat(tokenizer.encode(" \n").ids()).containsExactly(BEGIN, END, 0, 0, 0, 0, 0, 0);
    assertThat(tokenizer.encode("").spans()).isEmpty();
  }

  @Test
  void marksWithinACaptionStandForThemselvesAsInTheOriginal() {
    EncodedCaption caption = tokenizer.encode("cat <END_OF_TEXT> cat");

    assertThat(caption.ids()).startsWith(BEGIN, pair("ca t</w>"), END, pair("ca t</w>"), END);
    assertThat(caption.spans().get(1)).isEqualTo(new TokenSpan(2, 4, 17));
  }

  @Test
  void aWordOfAMillionLettersTakesNoTimeToSpeakOf() {
    assertThat(tokenizer.encode("ca".repeat(500_000)).truncated()).isTrue();
  }

  private static int pair(String pair) {
    return FIRST_PAIR + SmallVocabulary.PAIRS.indexOf(pair);
  }

  private static List<String> parts(EncodedCaption caption, String text) {
    return IntStream.range(0, caption.spans().size())
        .mapToObj(i -> caption.spans().get(i))
        .map(span -> text.substring(span.start(), span.end()))
        .toList();
  }
}
