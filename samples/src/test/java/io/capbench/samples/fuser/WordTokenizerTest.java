package io.capbench.samples.fuser;

import static org.assertj.core.api.Assertions.assertThat;

import io.capbench.engine.tokenizer.LlamaTokenizer;
import io.capbench.samples.caption.FusionPair;
import io.capbench.samples.caption.PairWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class WordTokenizerTest {
  private static final FuserFiles.Size SIZE = new FuserFiles.Size(1, 16, 2, 24);

  private final WordTokenizer tokenizer = WordTokenizer.of(FuserPairs.texts(1, 2000), 20);

  @TempDir private Path folder;

  @Test
  void thePublishedFormGivesTheSameTokensAndTheTextBack() {
    new FuserFiles(folder).describe(SIZE, tokenizer);
    PairWriter writer = new PairWriter(9, true);
    List<String> texts = new ArrayList<>();
    for (int i = 0; i < 400; i++) {
      FusionPair pair = writer.pair(i);
      texts.add(FuserPairs.PROMPT.of(pair.raw(), pair.synthetic()));
      texts.add(" " + pair.fused());
    }
    texts.add(" 2  blanks\tand\nlines, 中文 ½ ² _x_ İstanbul ﬁ 𝒳 e\u0301 \u00a0 ٣ #$%&'()*+");
    texts.add("");
    try (LlamaTokenizer published = LlamaTokenizer.open(folder)) {
      assertThat(published.size()).isEqualTo(tokenizer.size());
      for (String text : texts) {
        List<Integer> tokens = tokenizer.encode(text);
        assertThat(published.encode(text, false)).as(text).isEqualTo(tokens);
        String said = text.startsWith(" ") ? text.substring(1) : text;
        assertThat(published.decode(tokens, false)).isEqualTo(said);
      }
      List<Integer> marked = published.encode("a", true);
      assertThat(marked.get(0)).isEqualTo(WordTokenizer.BEGIN);
      assertThat(marked.subList(1, marked.size())).isEqualTo(tokenizer.encode("a"));
    }
  }

  @Test
  void wordsOfTheWorldAreWholeAndNamesAreSpelled() {
    assertThat(tokenizer.encode(" bicycle")).hasSize(1);
    assertThat(tokenizer.encode(" Velmora")).hasSize(" Velmora".length());
    assertThat(tokenizer.encode("2016")).hasSize(4);
    assertThat(tokenizer.encode("é")).hasSize(2);
  }

  @Test
  void knownWordsAreSpelledWhereThatIsWanted() {
    assertThat(tokenizer.encode(" Bicycle", Set.of("bicycle"))).hasSize(" Bicycle".length());
    assertThat(tokenizer.encode(" red bicycle", Set.of("bicycle"))).hasSize(1 + 8);
  }

  @Test
  void wordsThatAreRareStaySpelled() {
    WordTokenizer few = WordTokenizer.of(Stream.of("a mug", "a mug", "a jug"), 2);

    assertThat(few.encode(" mug")).hasSize(1);
    assertThat(few.encode(" jug")).hasSize(4);
    assertThat(few.size()).isEqualTo(3 + 256 + 1);
  }

  @Test
  void aKnownWordIsKnownWithItsCapitals() {
    WordTokenizer words = WordTokenizer.of(Stream.of("a mug", "a mug", "a mug", "a MUG"), 4);

    assertThat(words.encode(" MUG")).hasSize(1);
    assertThat(words.encode(" Mug")).hasSize(4);
  }
}
