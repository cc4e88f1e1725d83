package io.capbench.engine.fusion;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.capbench.engine.decode.DecodingOptions;
import io.capbench.engine.decode.Hypothesis;
import io.capbench.engine.decode.Scoring;
import io.capbench.engine.llama.DecoderLimits;
import io.capbench.engine.llama.LlamaDecoder;
import io.capbench.engine.llama.LlamaLoader;
import io.capbench.engine.llama.LlamaModel;
import io.capbench.engine.llama.Precision;
import io.capbench.engine.llama.Prompt;
import io.capbench.engine.tokenizer.LlamaTokenizer;
import io.capbench.engine.torch.DeviceChoice;
import io.capbench.storage.job.ForegroundContext;
import io.capbench.storage.job.JobContext;
import io.capbench.storage.model.CapbenchException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CancellationException;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("computes")
final class LocalFuserTest {
  private static final int VOCABULARY = 700;
  private static final CaptionPair PAIR =
      new CaptionPair(" Vienna museum poster, 1999 \u00a0", "A photo of a red bicycle.");

  @TempDir private Path folder;
  private Path model;

  @BeforeEach
  void writeModel() throws IOException {
    model = TinyFuser.write(folder.resolve("tiny"), VOCABULARY, 7);
  }

  @Test
  void aPairBecomesWhatBeamSearchMakesOfItsPromptPaddedTo256() {
    Hypothesis wanted = search(3, 80);
    FusedCaption fused;
    FuserDescription description;
    try (LocalFuser fuser = load(LocalOptions.original())) {
      fused = fuse(fuser, PAIR);
      description = fuser.description();
    }

    assertThat(fused.tokenIds()).isEqualTo(wanted.tokens());
    assertThat(fused.score()).isCloseTo(wanted.score(), within(1e-6));
    assertThat(fused.text()).isEqualTo(text(wanted.tokens())).isNotEmpty();
    assertThat(fused.promptTokens()).isEqualTo(prompt().size());
    assertThat(fused.finish().name()).isEqualTo(wanted.finish().name());
    assertThat(description.name()).isEqualTo("tiny");
    assertThat(description.sha256()).matches("[0-9a-f]{64}");
    assertThat(description.dtype()).isEqualTo("f32");
    assertThat(description.device()).isEqualTo("cpu");
    assertThat(description.decoding())
        .isEqualTo("beams=3 max_new=80 prompt_tokens=256 scoring=hf428 length_penalty=1.0");
  }

  @Test
  void textGrowsUntilItIsTheCaption() {
    List<String> parts = new ArrayList<>();
    try (LocalFuser fuser = load(options(1, 12, false))) {
      FusedCaption fused = fuser.fuse(PAIR, parts::add, JobContext.unwatched());

      assertThat(fused.tokenIds()).isEqualTo(search(1, 12).tokens());
      assertThat(fused.score()).isNaN();
      assertThat(parts).hasSameSizeAs(fused.tokenIds()).last().isEqualTo(fused.text());
    }
  }

  @Test
  void manyRowsGiveWhatEachGivesAloneAndBadOnesAReason() {
    Map<Integer, String> many = new LinkedHashMap<>();
    List<CaptionPair> pairs =
        new ArrayList<>(
            IntStream.range(0, 30)
                .mapToObj(i -> new CaptionPair("poster " + "old ".repeat(i * 3), "a cat " + i))
                .toList());
    pairs.set(5, new CaptionPair("", "a cat"));
    pairs.set(6, new CaptionPair("New Sentence: mine", "a cat"));
    pairs.set(7, new CaptionPair("struck </s> out", "a cat"));
    try (LocalFuser fuser = load(options(3, 10, false))) {
      fuser.fuseAll(
          IntStream.range(0, pairs.size())
              .mapToObj(i -> new KeyedPair<>(i, pairs.get(i)))
              .iterator(),
          sink(many),
          JobContext.unwatched());

      assertThat(many).hasSize(30);
      assertThat(many.get(5)).contains("no raw caption");
      assertThat(many.get(6)).contains("part of the prompt");
      assertThat(many.get(7)).contains("a mark that begins or ends texts");
      for (int i = 8; i < pairs.size(); i++) {
        assertThat(many.get(i)).isEqualTo(fuse(fuser, pairs.get(i)).tokenIds().toString());
      }
    }
  }

  @Test
  void theOriginalMergesWhateverItIsGiven() {
    try (LocalFuser fuser = load(options(3, 5, true))) {
      for (CaptionPair odd :
          List.of(new CaptionPair("", ""), new CaptionPair("Sentence 2: </s>", "x ".repeat(900)))) {
        assertThat(fuse(fuser, odd).tokenIds()).isNotEmpty();
      }
    }
    try (LocalFuser fuser = load(options(3, 5, false))) {
      assertThatThrownBy(() -> fuse(fuser, new CaptionPair("", "a cat")))
          .isInstanceOf(CapbenchException.class)
          .hasMessageContaining("--strict-original");
    }
  }

  @Test
  void aModelThatSaysWhatItsTokenizerDoesNotKnowGivesReasons() throws IOException {
    model = TinyFuser.write(folder.resolve("large"), 7_000, 3);
    Map<Integer, String> results = new LinkedHashMap<>();
    try (LocalFuser fuser = load(options(1, 20, false))) {
      fuser.fuseAll(
          List.of(new KeyedPair<>(1, PAIR)).iterator(), sink(results), JobContext.unwatched());
      assertThatThrownBy(() -> fuse(fuser, PAIR)).hasMessageContaining("knows 0 to 699 only");
    }
    assertThat(results.get(1))
        .contains("The model says token")
        .contains("belongs to another model");
  }

  @Test
  void aTokenizerThatKnowsMoreThanTheModelGivesReasons() throws IOException {
    model = TinyFuser.write(folder.resolve("small"), 50, 3);
    for (boolean strict : new boolean[] {true, false}) {
      try (LocalFuser fuser = load(options(1, 5, strict))) {
        assertThatThrownBy(() -> fuse(fuser, PAIR))
            .hasMessageContaining("belongs to another model; take the one")
            .hasMessageNotContaining("--strict-original");
      }
    }
  }

  @Test
  void numbersThatAreNoneAreNoCaption() throws IOException {
    TinyFuser.spoil(model);
    for (int beams : List.of(1, 3)) {
      Map<Integer, String> results = new LinkedHashMap<>();
      try (LocalFuser fuser = load(options(beams, 4, false))) {
        fuser.fuseAll(
            List.of(new KeyedPair<>(1, PAIR)).iterator(), sink(results), JobContext.unwatched());
        assertThatThrownBy(() -> fuse(fuser, PAIR)).isInstanceOf(CapbenchException.class);
      }
      assertThat(results.get(1)).contains("numbers that are none (NaN)");
    }
  }

  /** All are taken in before the first is done, which they would not be if each took its place. */
  @Test
  void equalCaptionsThatAreUnderWayAreMergedOnce() {
    int rows = 500;
    int[] taken = new int[1];
    List<Integer> takenAtResults = new ArrayList<>();
    List<List<Integer>> found = new ArrayList<>();
    try (LocalFuser fuser = load(options(3, 5, false))) {
      fuser.fuseAll(
          IntStream.range(0, rows)
              .peek(i -> taken[0]++)
              .mapToObj(i -> new KeyedPair<>(i, i % 2 == 0 ? PAIR : PAIR.stripped()))
              .iterator(),
          new FusionSink<>() {
            @Override
            public void fused(Integer key, FusedCaption caption) {
              takenAtResults.add(taken[0]);
              found.add(caption.tokenIds());
            }

            @Override
            public void failed(Integer key, String reason) {
              throw new IllegalStateException(reason);
            }
          },
          JobContext.unwatched());
      assertThat(found).hasSize(rows).containsOnly(fuse(fuser, PAIR).tokenIds());
    }
    assertThat(takenAtResults).containsOnly(rows);
  }

  @Test
  void workThatIsCancelledEnds() {
    ForegroundContext context = new ForegroundContext(progress -> {});
    try (LocalFuser fuser = load(options(1, 80, false))) {
      assertThatThrownBy(() -> fuser.fuse(PAIR, part -> context.cancel(), context))
          .isInstanceOf(CancellationException.class);
      assertThat(fuse(fuser, PAIR).tokenIds()).as("and the model is still usable").isNotEmpty();
    }
  }

  @Test
  void foldersThatAreNoModelAreNamed() throws IOException {
    Files.writeString(model.resolve("tokenizer.json"), "{\"model\":");
    assertThatThrownBy(() -> load(LocalOptions.original())).hasMessageContaining("tokenizer.json");
    Files.delete(model.resolve("tokenizer.json"));
    assertThatThrownBy(() -> load(LocalOptions.original()))
        .hasMessageContaining("no tokenizer.json or tokenizer.model");
    Files.writeString(
        model.resolve("config.json"), "{\"architectures\": [\"MistralForCausalLM\"]}");
    assertThatThrownBy(() -> load(LocalOptions.original()))
        .hasMessageContaining("MistralForCausalLM");
  }

  @Test
  void whateverDecidesOnTextIsPartOfTheIdentity() throws IOException {
    String before = sha256();
    Files.writeString(model.resolve("tokenizer_config.json"), "{\"add_bos_token\": false}");
    String after = sha256();

    assertThat(after).isNotEqualTo(before);
    assertThat(options(1, 5, true).decoding()).endsWith("strict_original");
    assertThatThrownBy(
            () ->
                new LocalOptions(
                    Precision.STORED,
                    DeviceChoice.CPU,
                    LocalOptions.Search.original(),
                    256,
                    false,
                    257))
        .hasMessageContaining("Choose 1 to 256");
    assertThatThrownBy(
            () ->
                new LocalOptions(
                    Precision.STORED,
                    DeviceChoice.CPU,
                    LocalOptions.Search.original(),
                    0,
                    false,
                    1))
        .hasMessageContaining("prompt of 0 tokens");
  }

  private String sha256() {
    try (LocalFuser fuser = load(LocalOptions.original())) {
      return fuser.description().sha256();
    }
  }

  private LocalFuser load(LocalOptions options) {
    return new LocalFuserLoader(folder.resolve("cache"))
        .load(model, FusionPrompt.capsFusion(), options, JobContext.unwatched());
  }

  private static LocalOptions options(int beams, int maxNew, boolean strict) {
    return new LocalOptions(
        Precision.STORED,
        DeviceChoice.CPU,
        new LocalOptions.Search(beams, maxNew, Scoring.HF428, 1, false),
        256,
        strict,
        4);
  }

  private static FusedCaption fuse(LocalFuser fuser, CaptionPair pair) {
    return fuser.fuse(pair, part -> {}, JobContext.unwatched());
  }

  private static FusionSink<Integer> sink(Map<Integer, String> results) {
    return new FusionSink<>() {
      @Override
      public void fused(Integer key, FusedCaption caption) {
        assertThat(results.put(key, caption.tokenIds().toString())).isNull();
      }

      @Override
      public void failed(Integer key, String reason) {
        assertThat(results.put(key, reason)).isNull();
      }
    };
  }

  private List<Integer> prompt() {
    try (LlamaTokenizer tokenizer = LlamaTokenizer.open(model)) {
      return tokenizer.encode(
          FusionPrompt.capsFusion().of("Vienna museum poster, 1999", "A photo of a red bicycle."),
          true);
    }
  }

  private String text(List<Integer> tokens) {
    try (LlamaTokenizer tokenizer = LlamaTokenizer.open(model)) {
      return tokenizer.decode(tokens, false);
    }
  }

  private Hypothesis search(int beams, int maxNew) {
    DecodingOptions options =
        new DecodingOptions(beams, maxNew, Scoring.HF428, 1, false, 1, List.of(2));
    try (LlamaModel loaded =
            new LlamaLoader(folder.resolve("cache"))
                .load(model, DeviceChoice.CPU, Precision.STORED, JobContext.unwatched());
        LlamaDecoder decoder = new LlamaDecoder(loaded, options, new DecoderLimits(1, 256, 1))) {
      return decoder.decode(new Prompt(0, prompt(), 256), JobContext.unwatched()).get(0);
    }
  }
}
