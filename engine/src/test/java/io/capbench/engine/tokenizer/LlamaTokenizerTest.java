package io.capbench.engine.tokenizer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.capbench.engine.golden.GoldenFiles;
import io.capbench.engine.golden.SharedGolden;
import io.capbench.storage.model.CapbenchException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/** Against transformers' tokenizer. Cases with others' captions lie beside the repository. */
final class LlamaTokenizerTest {
  @TempDir private Path folder;

  @TestFactory
  Stream<DynamicTest> textsBecomeTheIdsOfTheOriginalAndTextsAgain() throws IOException {
    return Stream.concat(
        cases(golden()),
        SharedGolden.find("llama_tokenizer/own_vocab").stream().flatMap(this::cases));
  }

  @Test
  void aConfigurationSaysWhichMarksStandAroundAText() throws IOException {
    Files.copy(golden().resolve("tokenizer.json"), folder.resolve("tokenizer.json"));
    configure("{}");
    assertThat(marks("a")).containsExactly(1, 265);
    configure("{\"tokenizer_class\": \"LlamaTokenizer\", \"add_bos_token\": false}");
    assertThat(marks("a")).containsExactly(265);
    configure("{\"add_eos_token\": true, \"eos_token\": {\"content\": \"</s>\"}}");
    assertThat(marks("a")).containsExactly(1, 265, 2);
    configure("{\"add_bos_token\": true, \"bos_token\": \"<nothing>\"}");
    assertThat(marks("a")).containsExactly(265);
    configure("{\"tokenizer_class\": \"PreTrainedTokenizerFast\", \"add_bos_token\": false}");
    assertThat(marks("a")).as("as tokenizer.json has it").containsExactly(1, 265);
  }

  @Test
  void spacesBeforeStopsAreClosedWhereTheConfigurationWantsIt() throws IOException {
    Files.copy(golden().resolve("tokenizer.json"), folder.resolve("tokenizer.json"));
    String text = "so , this is n't it .";
    for (boolean cleans : new boolean[] {true, false}) {
      configure("{\"clean_up_tokenization_spaces\": " + cleans + "}");
      try (LlamaTokenizer tokenizer = LlamaTokenizer.open(folder)) {
        String back = tokenizer.decode(tokenizer.encode(text, false), false);
        assertThat(back).isEqualTo(cleans ? "so, this isn't it." : text);
      }
    }
  }

  @Test
  void marksAndUnknownNumbersAreLeftOut() throws IOException {
    try (LlamaTokenizer tokenizer = LlamaTokenizer.open(golden())) {
      assertThat(tokenizer.size()).isEqualTo(700);
      List<Integer> tokens = List.of(1, 265, 699_999, 2, 0);
      assertThat(tokenizer.decode(tokens, false)).isEqualTo("a");
      assertThat(tokenizer.decode(tokens, true)).startsWith("<s>").contains("</s>");
      assertThat(tokenizer.decode(List.of(), false)).isEmpty();
      assertThat(tokenizer.encode("", true)).containsExactly(1);
    }
  }

  @Test
  void whatIsMissingOrDamagedIsNamed() throws IOException {
    assertThatThrownBy(() -> LlamaTokenizer.open(folder))
        .isInstanceOf(CapbenchException.class)
        .hasMessageContaining(folder + " has no tokenizer.json");
    for (String damaged : List.of("{", "{}", "[1]", "{\"model\": {\"type\": \"Magic\"}}")) {
      Files.writeString(folder.resolve("tokenizer.json"), damaged);
      assertThatThrownBy(() -> LlamaTokenizer.open(folder))
          .as(damaged)
          .isInstanceOf(CapbenchException.class)
          .hasMessageContaining("tokenizer.json");
    }
  }

  private void configure(String config) throws IOException {
    Files.writeString(folder.resolve("tokenizer_config.json"), config);
  }

  private List<Integer> marks(String text) {
    try (LlamaTokenizer tokenizer = LlamaTokenizer.open(folder)) {
      return tokenizer.encode(text, true);
    }
  }

  private Stream<DynamicTest> cases(Path golden) {
    try {
      JsonNode cases = new ObjectMapper().readTree(Files.readString(golden.resolve("cases.json")));
      return StreamSupport.stream(cases.path("cases").spliterator(), false)
          .map(
              one ->
                  DynamicTest.dynamicTest(
                      "text: " + one.path("text").asText(), () -> check(golden, one)));
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  private static void check(Path golden, JsonNode one) {
    try (LlamaTokenizer tokenizer = LlamaTokenizer.open(golden)) {
      List<Integer> wanted = ids(one.path("fast_ids"));
      List<Integer> marked = tokenizer.encode(one.path("text").asText(), true);

      assertThat(tokenizer.encode(one.path("text").asText(), false)).isEqualTo(wanted);
      assertThat(marked.get(0)).isEqualTo(1);
      assertThat(marked.subList(1, marked.size())).isEqualTo(wanted);
      assertThat(tokenizer.decode(ids(one.path("ids")), true))
          .isEqualTo(one.path("fast_decoded_of_ids").asText());
    }
  }

  private static List<Integer> ids(JsonNode array) {
    return StreamSupport.stream(array.spliterator(), false).map(JsonNode::asInt).toList();
  }

  private static Path golden() {
    return GoldenFiles.path("llama_tokenizer/own_vocab");
  }
}
