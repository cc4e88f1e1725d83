package io.capbench.engine.fusion;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.capbench.engine.golden.GoldenFiles;
import io.capbench.engine.golden.SharedGolden;
import io.capbench.engine.tokenizer.LlamaTokenizer;
import io.capbench.storage.model.CapbenchException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Against the original's prompts, which lie beside the repository since they hold its captions. */
final class PromptTruncationTest {
  private static final LlamaTokenizer OWN_VOCAB =
      LlamaTokenizer.open(GoldenFiles.path("llama_tokenizer/own_vocab"));
  private static final int LIMIT = 256;

  private final FusionPrompt prompt = FusionPrompt.capsFusion();
  private final PromptTokenizer tokens = PromptTokenizer.of(OWN_VOCAB);
  private final PromptTruncation ours = new PromptTruncation(prompt, tokens, LIMIT, false);
  private final PromptTruncation strict = new PromptTruncation(prompt, tokens, LIMIT, true);

  @AfterAll
  static void freeTheTokenizer() {
    OWN_VOCAB.close();
  }

  @TestFactory
  Stream<DynamicTest> strictPromptsAreThoseOfTheOriginal() {
    return Stream.concat(
        cases("prompts_own_vocab.json", strict),
        cases("prompts_whitespace.json", new PromptTruncation(prompt, new Words(), LIMIT, true)));
  }

  @TestFactory
  Stream<DynamicTest> promptsDifferFromTheOriginalOnlyWhereItHasDefects() {
    return SharedGolden.find("capsfusion_prompt").stream()
        .flatMap(folder -> read(folder.resolve("prompts_own_vocab.json")))
        .filter(one -> one.path("total_len").asInt() != LIMIT)
        .filter(one -> one.path("prompt_len_after").asInt() <= LIMIT)
        .map(
            one ->
                DynamicTest.dynamicTest(
                    one.path("note").asText(),
                    () ->
                        assertThat(ours.fit(captions(one)).text())
                            .isEqualTo(one.path("prompt").asText())));
  }

  @Test
  void aPromptOfExactlyTheLimitStaysAsItIsOrLosesItsRawCaptionAsInTheOriginal() {
    CaptionPair captions = ofTotal(LIMIT);

    assertThat(ours.fit(captions).text()).isEqualTo(prompt.of(captions.raw(), "a cat"));
    assertThat(ours.fit(captions).tokens()).hasSize(LIMIT);
    assertThat(strict.fit(captions).text()).isEqualTo(prompt.of("", "a cat"));
  }

  @Test
  void theRawCaptionLosesAsManyTokensAsThePromptIsTooLong() {
    CaptionPair captions = ofTotal(LIMIT + 30);
    List<Integer> raw = tokens.encode(captions.raw(), false);
    String kept = tokens.decode(raw.subList(0, raw.size() - 30));

    FittedPrompt fitted = ours.fit(captions);

    assertThat(fitted.text()).isEqualTo(prompt.of(kept, "a cat"));
    assertThat(fitted.tokens()).hasSize(LIMIT);
    assertThat(strict.fit(captions)).isEqualTo(fitted);
  }

  @Test
  void aLongSyntheticCaptionLeavesTheRestOfThePromptAlone() {
    String words = "a red bicycle near the old harbour ".repeat(100);

    String fitted = ours.fit(new CaptionPair("Short alt text", words)).text();
    FittedPrompt defect = strict.fit(new CaptionPair("Short alt text", words));

    assertThat(fitted).contains("Sentence 1: Short alt text\nSentence 2: a red bicycle near");
    assertThat(fitted).endsWith("\nNew Sentence:");
    assertThat(tokens.encode(fitted, true)).hasSizeBetween(LIMIT - 4, LIMIT);
    assertThat(defect.tokens()).hasSize(LIMIT);
    assertThat(tokens.decode(defect.tokens())).contains("Sentence 1: \n").doesNotContain("New S");
  }

  @Test
  void twoLongCaptionsShareTheRoom() {
    String red = "red ".repeat(2_000);
    String cat = "cat ".repeat(2_000);

    FittedPrompt fitted = ours.fit(new CaptionPair(red, cat));

    int reds = fitted.text().split("red ", -1).length;
    int cats = fitted.text().split("cat ", -1).length;
    assertThat(fitted.tokens()).hasSizeBetween(LIMIT - 4, LIMIT);
    assertThat(fitted.text()).endsWith("\nNew Sentence:");
    assertThat(reds).isGreaterThan(5);
    assertThat(cats).isGreaterThan(5);
  }

  @Test
  void textsThatBecomeMoreTokensWhenTheyAreCutFitToo() {
    String mixed =
        IntStream.range(0, 400).mapToObj(i -> "\u65e5\ud83d\ude00 ").collect(Collectors.joining());
    for (int letters = 1; letters < 40; letters++) {
      FittedPrompt fitted =
          ours.fit(new CaptionPair("x".repeat(letters) + mixed, mixed.substring(0, letters)));

      assertThat(fitted.tokens()).hasSizeLessThanOrEqualTo(LIMIT);
      assertThat(fitted.text()).endsWith("\nNew Sentence:");
    }
  }

  @Test
  void whiteSpaceAtTheEndsGoesAsInPython() {
    CaptionPair captions = new CaptionPair("\u00a0\t a  b\u2007\u202f\u0085\n", " \u3000c\u200b ");

    assertThat(ours.fit(captions).text()).isEqualTo(prompt.of("a  b", "c\u200b"));
  }

  @Test
  void aPromptThatHasNoRoomForCaptionsIsRefused() {
    assertThatThrownBy(() -> new PromptTruncation(prompt, tokens, 100, false))
        .isInstanceOf(CapbenchException.class)
        .hasMessageContaining("176 tokens without captions")
        .hasMessageContaining("room for 100");
  }

  /** A raw caption that makes a prompt of so many tokens with "a cat". */
  private CaptionPair ofTotal(int total) {
    StringBuilder raw = new StringBuilder("print");
    while (true) {
      String text = raw.toString();
      int size = tokens.encode(prompt.of(text, "a cat"), true).size();
      if (size == total) {
        return new CaptionPair(text, "a cat");
      }
      assertThat(size).as("reaches %d", total).isLessThan(total);
      raw.append(" 7");
      if (tokens.encode(prompt.of(raw.toString(), "a cat"), true).size() > total) {
        raw.setLength(raw.length() - 2);
        raw.append('7');
      }
    }
  }

  private static Stream<DynamicTest> cases(String file, PromptTruncation truncation) {
    return SharedGolden.find("capsfusion_prompt").stream()
        .flatMap(folder -> read(folder.resolve(file)))
        .map(
            one ->
                DynamicTest.dynamicTest(
                    file + ": " + one.path("note").asText(), () -> check(one, truncation)));
  }

  private static void check(JsonNode one, PromptTruncation truncation) {
    FittedPrompt fitted = truncation.fit(captions(one));

    assertThat(fitted.text()).isEqualTo(one.path("prompt").asText());
    assertThat(fitted.tokens()).hasSize(Math.min(LIMIT, one.path("prompt_len_after").asInt()));
    if (one.has("model_input_ids")) {
      List<Integer> ids =
          StreamSupport.stream(one.path("model_input_ids").spliterator(), false)
              .map(JsonNode::asInt)
              .toList();
      int padding = one.path("model_attention_mask_zeros_left").asInt();
      assertThat(fitted.tokens()).isEqualTo(ids.subList(padding, ids.size()));
    }
  }

  private static CaptionPair captions(JsonNode one) {
    return new CaptionPair(one.path("laion_2b").asText(), one.path("laion_coco").asText());
  }

  private static Stream<JsonNode> read(Path file) {
    try {
      JsonNode cases = new ObjectMapper().readTree(Files.readString(file)).path("cases");
      return StreamSupport.stream(cases.spliterator(), false);
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Every piece between spaces is a token; the mark of the beginning is one too. */
  private static final class Words implements PromptTokenizer {
    private final List<String> known = new ArrayList<>(List.of("<s>"));

    @Override
    public List<Integer> encode(String text, boolean marked) {
      List<Integer> ids = new ArrayList<>();
      if (marked) {
        ids.add(0);
      }
      for (String word : text.split(" ", -1)) {
        if (!known.contains(word)) {
          known.add(word);
        }
        ids.add(known.indexOf(word));
      }
      return ids;
    }

    @Override
    public String decode(List<Integer> tokens) {
      return tokens.stream().map(known::get).collect(Collectors.joining(" "));
    }
  }
}
