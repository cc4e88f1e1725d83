package io.capbench.engine.tokenizer;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.capbench.engine.cleaning.CaptionCleaner;
import io.capbench.engine.golden.SharedGolden;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Against open_clip's own tokenizer, where its vocabulary and cases lie beside the repository. */
final class ClipBpeGoldenTest {
  @TestFactory
  Stream<DynamicTest> captionsBecomeTheIdsOfTheOriginal() throws IOException {
    Optional<Path> folder = SharedGolden.find("clip_bpe");
    if (folder.isEmpty()) {
      return Stream.empty();
    }
    ClipTokenizer tokenizer =
        new ClipTokenizers().open(folder.orElseThrow(), 77, 49_408, TokenLayout.CLIP);
    JsonNode cases =
        new ObjectMapper().readTree(folder.orElseThrow().resolve("cases.json").toFile());
    return StreamSupport.stream(cases.get("cases").spliterator(), false)
        .map(
            one ->
                DynamicTest.dynamicTest(
                    "caption: " + one.get("text").asText(), () -> check(tokenizer, one)));
  }

  private static void check(ClipTokenizer tokenizer, JsonNode one) {
    String text = one.get("text").asText();
    EncodedCaption encoded = tokenizer.encode(text);

    assertThat(new CaptionCleaner(true).clean(text).text()).isEqualTo(one.get("clean").asText());
    int[] expected =
        StreamSupport.stream(one.get("ids77").spliterator(), false)
            .mapToInt(JsonNode::asInt)
            .toArray();
    assertThat(encoded.ids()).containsExactly(expected);
    assertThat(encoded.truncated()).isEqualTo(one.get("truncated").asBoolean());
    assertThat(encoded.ids()[encoded.end()]).isEqualTo(49_407);
  }
}
