package io.capbench.engine.text;

import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.capbench.engine.text.CaptionToken.Kind;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CaptionTokenizerTest {
  private final CaptionTokenizer tokenizer = new CaptionTokenizer(new FunctionWords());

  @ParameterizedTest
  @ValueSource(
      strings = {
        "GX250B",
        "9780252062100",
        "3-Star",
        "993-Gen",
        "9-1",
        "12x16",
        "12×16",
        "$19.99",
        "5,500",
        "STS-63",
        "24/7",
        "16:9",
        "1.5",
        "50%",
        "8.40€",
        "9½",
        "90's",
        "2-in-1",
        "3/4-inch",
        "$ 5",
        "12V-24V",
        "2015-03-31",
        "27/02/2015",
        "iPhone8",
        "1080p",
        "AK–47",
        "22,000.50",
        "٢٠٢٤",
        "WH-1000XM4-B",
        "IMG_2034",
        "5'x7'6"
      })
  void numbersAndCodesAreOneTokenEach(String code) {
    TokenizedCaption caption = tokenizer.tokenize("about " + code + " dogs");

    assertThat(texts(caption)).containsExactly("about", code, "dogs");
    assertThat(caption.tokens().get(1).kind()).isEqualTo(Kind.CODE);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "Todd-Snyder-Fall-2017-mens | Todd Snyder Fall 2017 mens",
        "cameraman-tripod-bw | cameraman tripod bw",
        "todd_snyder_fall | todd snyder fall",
        "Summer-Sale-2017-05-03 | Summer Sale 2017-05-03",
        "18-Year-Old | 18 Year Old",
        "close-up | close up",
        "a well–lit room | a well lit room",
        "Paris—3 dogs | Paris 3 dogs",
        "#space #2021 | space 2021",
        "the end.Next one | the end Next one",
        "see example.com now | see example com now",
        "the U.S. Army at 9 p.m. | the U.S Army at 9 p.m",
        "File:Rainbow 5:Japan | File Rainbow 5 Japan",
        "May 3,2014 or 12,500 | May 3 2014 or 12,500",
        "the'Green Book'cover | the Green Book cover",
        "don't O'Neill Qur’an men’s | don't O'Neill Qur’an men’s",
        "(black/white) & \"red\"! | black white red",
        "9 - 1 | 9 1",
        "1, 2 and 3. | 1 2 and 3",
        "日本の猫 | 日 本 の 猫",
        "한국어 테스트 | 한국어 테스트",
        "כלב שחור | כלב שחור",
        "كلب أسود، قطة | كلب أسود قطة",
        "I ❤️ dogs 🐶🐶 | I ❤️ dogs 🐶 🐶",
        "👩‍👩‍👧 and 🇫🇷 and 👍🏽 | 👩‍👩‍👧 and 🇫🇷 and 👍🏽",
        "𝒜𝓁𝒾𝒸ℯ 𠮷野家 | 𝒜𝓁𝒾𝒸ℯ 𠮷 野 家",
      })
  void captionsAreCutIntoTheseTokens(String caption, String tokens) {
    assertThat(texts(tokenizer.tokenize(caption))).isEqualTo(Arrays.asList(tokens.split(" ")));
  }

  @Test
  void controlCharactersPartTokens() {
    TokenizedCaption caption = tokenizer.tokenize("a\tb\u0000c\u200Bd\r\ne\u0085f");

    assertThat(texts(caption)).containsExactly("a", "b", "c", "d", "e", "f");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "say &quot;hello&quot; now | say hello now",
        "Tom &amp; Jerry | Tom Jerry",
        "Tom &amp;quot;T&amp;amp;quot; Jerry | Tom T Jerry",
        "Caf&eacute; d&#39;Or | Caf&eacute; d&#39;Or",
        "one&nbsp;two&lt;three | one two three",
        "AT&T R&B; Q&A | AT T R B Q A",
        "&unknown; &; & &# &#x; | unknown x",
        "&#128054; dog | &#128054; dog",
        "one<br>two<br />three<BR/>br <br | one two three br br",
      })
  void entitiesAndLineBreaksMakeNoTokens(String caption, String tokens) {
    assertThat(texts(tokenizer.tokenize(caption))).isEqualTo(Arrays.asList(tokens.split(" ")));
  }

  @Test
  void tokensStandAtTheirPlaceInTheOriginalText() {
    TokenizedCaption caption = tokenizer.tokenize("&quot;Caf&eacute;&quot; 🐶 $ 5");

    assertThat(caption.tokens())
        .extracting(CaptionToken::start, CaptionToken::end)
        .containsExactly(tuple(6, 17), tuple(24, 26), tuple(27, 30));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "Wheels | wheel",
        "wearing | WEARS",
        "men's | mens",
        "men’s | men",
        "Munkácsy | Munka\u0301csy",
        "Beyoncé | Beyonce",
        "Caf&eacute; | café",
        "STRASSE | straße",
        "ΟΔΟΣ | οδος",
        "ｗｉｄｅ | wide",
        "ﬁsh | fish",
        "cam\u00ADera | camera",
        "U.S | US",
        "gx250b | GX250B",
        "3-Star | 3star",
        "STS-63 | sts–63",
        "90's | 90s",
        "１２x１６ | 12×16",
        "$ 19.99 | $19.99",
        "❤️ | ❤",
      })
  void theseCountAsTheSame(String one, String other) {
    assertThat(onlyToken(one).key()).isEqualTo(onlyToken(other).key());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "9-1 | 91",
        "$19.99 | 19.99",
        "$19.99 | $19.90",
        "5,500 | 5500",
        "STS-63 | STS-64",
        "3-Star | 3-Stars",
        "GX250B | GX250BS",
        "1990s | 1990",
        "50% | 50",
        "9½ | 9",
        "👍🏽 | 👍",
        "cat | dog",
      })
  void theseCountAsDifferent(String one, String other) {
    assertThat(onlyToken(one).key()).isNotEqualTo(onlyToken(other).key());
  }

  @ParameterizedTest
  @ValueSource(strings = {"the", "THE", "With", "don't", "don’t", "it's", "she's", "I", "can"})
  void functionWordsAreKnownInAnyCase(String word) {
    assertThat(onlyToken(word).kind()).isEqualTo(Kind.FUNCTION_WORD);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"featuring", "showcasing", "US", "U.S", "I.T", "May", "one", "two", "top"})
  void wordsWithContentAreNoFunctionWords(String word) {
    assertThat(onlyToken(word).kind()).isEqualTo(Kind.WORD);
  }

  @Test
  void wordsThatWereForgottenGetTheSameKeyAgain() {
    String before = onlyToken("running").key();
    for (int i = 0; i < 70_000; i++) {
      onlyToken(
          Integer.toString(i)
              .chars()
              .mapToObj(c -> "" + (char) (c + 'a' - '0'))
              .collect(joining("", "w", "")));
    }

    assertThat(onlyToken("running").key()).isEqualTo(before);
  }

  @Test
  void aLongRunOfLettersIsCutBetweenCharacters() {
    String run = "𝒜".repeat(5000);

    List<String> texts = texts(tokenizer.tokenize("x" + run));

    assertThat(String.join("", texts)).isEqualTo("x" + run);
    assertThat(texts).noneMatch(text -> Character.isLowSurrogate(text.charAt(0)));
  }

  private CaptionToken onlyToken(String text) {
    List<CaptionToken> tokens = tokenizer.tokenize(text).tokens();
    assertThat(tokens).as(text).hasSize(1);
    return tokens.get(0);
  }

  private static List<String> texts(TokenizedCaption caption) {
    return caption.tokens().stream().map(caption::textOf).toList();
  }
}
