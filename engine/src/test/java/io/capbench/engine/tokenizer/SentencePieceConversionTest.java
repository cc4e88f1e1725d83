package io.capbench.engine.tokenizer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import io.capbench.storage.model.CapbenchException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Against a tokenizer.json that the converter of transformers 4.28 made. */
final class SentencePieceConversionTest {
  private static final int FIRST_MERGED = 259;

  @TempDir private Path folder;
  private JsonNode golden;

  @BeforeEach
  void read() throws IOException {
    try (var in =
        Objects.requireNonNull(
            getClass().getResourceAsStream("/golden/llama_tokenizer/own_vocab/tokenizer.json"))) {
      golden = new ObjectMapper().readTree(in);
    }
  }

  @Test
  void aSentencePieceFileBecomesTheTokenizerThatTransformersMakesOfIt() throws IOException {
    JsonNode made = new SentencePieceConversion(write(2)).tokenizer();

    for (String part : List.of("added_tokens", "normalizer", "post_processor", "decoder")) {
      assertThat(made.path(part)).as(part).isEqualTo(golden.path(part));
    }
    assertThat(made.at("/model/vocab")).isEqualTo(golden.at("/model/vocab"));
    assertThat(made.at("/model/merges")).isEqualTo(golden.at("/model/merges"));
    assertThat(made.at("/model/fuse_unk").booleanValue()).isTrue();
    assertThat(made.at("/model/byte_fallback").booleanValue()).isTrue();
    assertThat(made.at("/model/unk_token").textValue()).isEqualTo("<unk>");
  }

  @Test
  void aPieceOfTheScore0IsNotPutTogetherAsInTheOriginal() throws IOException {
    JsonNode made = new SentencePieceConversion(write(2, 0)).tokenizer();

    ArrayNode wanted = golden.at("/model/merges").deepCopy();
    assertThat(wanted.remove(0).textValue()).isEqualTo("h e");
    assertThat(made.at("/model/merges")).isEqualTo(wanted);
  }

  @Test
  void aFolderWithoutTokenizerJsonHasATokenizerAllTheSame() throws IOException {
    write(2);
    Files.writeString(folder.resolve("added_tokens.json"), "{\"[PAD]\": 700, \"plain\": 701}");
    Files.writeString(folder.resolve("special_tokens_map.json"), "{\"pad_token\": \"[PAD]\"}");
    try (LlamaTokenizer tokenizer = LlamaTokenizer.open(folder)) {
      List<Integer> tokens = tokenizer.encode("the poster of Hamburg", true);
      assertThat(tokens).startsWith(1).contains(622).hasSizeLessThan(15);
      assertThat(tokenizer.decode(tokens, false)).isEqualTo("the poster of Hamburg");
      assertThat(tokenizer.size()).isEqualTo(702);
      assertThat(tokenizer.decode(List.of(700, 701, 265), false)).contains("plain", "a");
      assertThat(tokenizer.decode(List.of(700, 701, 265), false)).doesNotContain("PAD");
      assertThat(tokenizer.file().getFileName()).hasToString("tokenizer.model");
      assertThat(tokenizer.name()).contains("tokenizer.model");
    }
    Files.writeString(folder.resolve("tokenizer.json"), golden.toString());
    try (LlamaTokenizer tokenizer = LlamaTokenizer.open(folder)) {
      assertThat(tokenizer.size()).as("tokenizer.json goes first").isEqualTo(700);
    }
  }

  @Test
  void whatIsDamagedOrOfAnotherKindIsNamed() throws IOException {
    Path file = write(1);
    refused(file, "is no byte pair tokenizer");
    byte[] whole = Files.readAllBytes(write(2));
    Files.write(file, Arrays.copyOf(whole, whole.length / 2));
    refused(file, "tokenizer.model");
    for (String text : List.of("<!DOCTYPE html>", "version https://git-lfs", "\u0007", "")) {
      Files.writeString(file, text);
      refused(file, "tokenizer.model");
    }
  }

  private static void refused(Path file, String message) {
    assertThatThrownBy(() -> new SentencePieceConversion(file))
        .isInstanceOf(CapbenchException.class)
        .hasMessageContaining(message);
  }

  private Path write(int type) throws IOException {
    return write(type, -1);
  }

  /** Writes the tokens of the golden tokenizer as SentencePiece's trainer does. */
  private Path write(int type, float firstScore) throws IOException {
    ByteArrayOutputStream model = new ByteArrayOutputStream();
    for (Map.Entry<String, JsonNode> token : golden.at("/model/vocab").properties()) {
      int id = token.getValue().asInt();
      float score = id < FIRST_MERGED ? 0 : firstScore - (id - FIRST_MERGED);
      byte[] text = token.getKey().getBytes(StandardCharsets.UTF_8);
      ByteArrayOutputStream piece = new ByteArrayOutputStream();
      piece.write(1 << 3 | 2);
      piece.write(text.length);
      piece.writeBytes(text);
      piece.write(2 << 3 | 5);
      piece.writeBytes(
          ByteBuffer.allocate(4).order(ByteOrder.LITTLE_ENDIAN).putFloat(score).array());
      piece.write(3 << 3);
      piece.write(id == 0 ? 2 : 1);
      model.write(1 << 3 | 2);
      model.write(piece.size());
      model.writeBytes(piece.toByteArray());
    }
    // The trainer's settings: another number, the kind of model, and a number of eight bytes.
    byte[] trainer = {
      4 << 3, (byte) 0x80, 1, 3 << 3, (byte) type, 9 << 3 | 1, 0, 0, 0, 0, 0, 0, 0, 0
    };
    model.write(2 << 3 | 2);
    model.write(trainer.length);
    model.writeBytes(trainer);
    return Files.write(folder.resolve("tokenizer.model"), model.toByteArray());
  }
}
