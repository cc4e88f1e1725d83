package io.capbench.engine.tokenizer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.capbench.storage.model.CapbenchException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.StreamSupport;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ClipTokenizersTest {
  @TempDir private Path folder;

  private final ClipTokenizers tokenizers = new ClipTokenizers();

  @Test
  void huggingFacesTwoFilesGiveWhatOpenAisFileGives(@TempDir Path other) throws IOException {
    SmallVocabulary.writeOpenAi(folder);
    SmallVocabulary.writeHuggingFace(other);
    ClipTokenizer openAi = tokenizers.open(folder, 12, 1_000, TokenLayout.CLIP);
    ClipTokenizer huggingFace = tokenizers.open(other, 12, 1_000, TokenLayout.CLIP);
    String caption = "The cat's caf\u00e9 & dog";

    assertThat(huggingFace.encode(caption).spans()).isEqualTo(openAi.encode(caption).spans());
    assertThat(huggingFace.name()).contains("vocab.json");
    assertThat(openAi.name()).contains("bpe_simple_vocab_16e6.txt.gz");
    assertThat(openAi.contextLength()).isEqualTo(12);
  }

  @Test
  void wordPiecesStandBetweenBertsMarks() throws IOException {
    SmallVocabulary.writeWordPieces(folder);
    try (ClipTokenizer tokenizer = tokenizers.open(folder, 8, 10, TokenLayout.CLIP)) {
      String text = "The \ud83e\udd99 CATS, Caf\u00e9";
      EncodedCaption caption = tokenizer.encode(text);

      // [CLS] the [UNK] cat ##s , cafe [SEP]
      assertThat(caption.ids()).containsExactly(2, 5, 1, 6, 7, 9, 8, 3);
      assertThat(caption.end()).isEqualTo(7);
      assertThat(caption.spans())
          .extracting(span -> text.substring(span.start(), span.end()))
          .containsExactly("The", "\ud83e\udd99", "CAT", "S", ",", "Caf\u00e9");
    }
  }

  @Test
  void wordPiecesThatAreTooManyKeepTheLastMark() throws IOException {
    SmallVocabulary.writeWordPieces(folder);
    try (ClipTokenizer tokenizer = tokenizers.open(folder, 4, 10, TokenLayout.CLIP)) {
      EncodedCaption caption = tokenizer.encode("the cat the cat");

      assertThat(caption.ids()).containsExactly(2, 5, 6, 3);
      assertThat(caption.truncated()).isTrue();
      assertThat(caption.spans()).hasSize(2);
    }
  }

  @Test
  void shortCaptionsArePaddedWithZeros() throws IOException {
    SmallVocabulary.writeWordPieces(folder);
    try (ClipTokenizer tokenizer = tokenizers.open(folder, 6, 10, TokenLayout.CLIP)) {
      EncodedCaption caption = tokenizer.encode("cat");

      assertThat(caption.ids()).containsExactly(2, 6, 3, 0, 0, 0);
      assertThat(caption.end()).isEqualTo(2);
    }
  }

  @Test
  void clipsHasALayoutOfItsOwn() throws IOException {
    SmallVocabulary.writeWordPieces(folder);
    SmallVocabulary.writeOpenAi(folder); // which CLIPS does not use
    try (ClipTokenizer tokenizer = tokenizers.open(folder, 7, 200, TokenLayout.CLIPS)) {
      EncodedCaption caption = tokenizer.encode("the cats");

      assertThat(caption.ids()).containsExactly(1, 5, 6, 7, 2, 0, 101);
      assertThat(caption.end()).isEqualTo(4);
      assertThat(caption.spans())
          .containsExactly(new TokenSpan(1, 0, 3), new TokenSpan(2, 4, 7), new TokenSpan(3, 7, 8));
    }
  }

  @Test
  void theLayoutOfClipsIsThatOfTheOriginal() throws IOException {
    JsonNode golden;
    try (InputStream in = getClass().getResourceAsStream("/golden/clips/tokenizer_layout.json")) {
      golden = new ObjectMapper().readTree(in);
    }
    for (JsonNode one : golden.get("cases")) {
      List<Token> tokens =
          StreamSupport.stream(one.get("wordpiece_ids").spliterator(), false)
              .map(id -> new Token(id.asInt(), 0, 1))
              .toList();

      assertThat(Token.forClips(tokens, 80).ids())
          .containsExactly(
              StreamSupport.stream(one.get("input_ids").spliterator(), false)
                  .mapToInt(JsonNode::asInt)
                  .toArray());
    }
    assertThat(golden.get("cases")).hasSizeGreaterThan(3);
  }

  @Test
  void aFolderWithoutATokenizerSaysWhichFileToAddAndWhereItIs() {
    assertThatThrownBy(() -> tokenizers.open(folder, 77, 49_408, TokenLayout.CLIP))
        .isInstanceOf(CapbenchException.class)
        .hasMessageContaining(folder.toString())
        .hasMessageContaining("bpe_simple_vocab_16e6.txt.gz there (https://github.com/openai/CLIP");
    assertThatThrownBy(() -> tokenizers.open(folder, 80, 32_000, TokenLayout.CLIPS))
        .isInstanceOf(CapbenchException.class)
        .hasMessageContaining("vocab.txt of bert-base-uncased");
  }

  @Test
  void aTokenizerOfALargerVocabularyIsRefused() throws IOException {
    SmallVocabulary.writeOpenAi(folder);

    assertThatThrownBy(() -> tokenizers.open(folder, 77, 97, TokenLayout.CLIP))
        .isInstanceOf(CapbenchException.class)
        .hasMessageContaining("knows 523 tokens, but the model's text tower only 97");
  }

  @Test
  void damagedFilesAreNamed() throws IOException {
    Path openAi = folder.resolve(BpeFiles.OPENAI);
    Files.writeString(openAi, "not compressed");
    assertThatThrownBy(() -> tokenizers.open(folder, 77, 49_408, TokenLayout.CLIP))
        .isInstanceOf(CapbenchException.class)
        .hasMessageContaining(openAi + " cannot be read");

    compress(openAi, "version\na b c\n");
    assertThatThrownBy(() -> tokenizers.open(folder, 77, 49_408, TokenLayout.CLIP))
        .hasMessageContaining("is damaged: \"a b c\" is no pair of tokens");

    compress(openAi, "version\na bc\n");
    assertThatThrownBy(() -> tokenizers.open(folder, 77, 49_408, TokenLayout.CLIP))
        .hasMessageContaining("the token \"bc\" has no number");

    Files.delete(openAi);
    Files.writeString(folder.resolve("tokenizer.json"), "{\"model\": {}}");
    assertThatThrownBy(() -> tokenizers.open(folder, 77, 49_408, TokenLayout.CLIP))
        .isInstanceOf(CapbenchException.class)
        .hasMessageContaining("tokenizer.json cannot be read");
  }

  @Test
  void aVocabularyWithoutBertsMarksIsRefused() throws IOException {
    Files.writeString(folder.resolve("vocab.txt"), "the\ncat\n");

    assertThatThrownBy(() -> tokenizers.open(folder, 77, 49_408, TokenLayout.CLIPS))
        .isInstanceOf(CapbenchException.class)
        .hasMessageContaining("no line [PAD]");
  }

  private static void compress(Path file, String text) throws IOException {
    try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(file))) {
      out.write(text.getBytes(StandardCharsets.UTF_8));
    }
  }
}
