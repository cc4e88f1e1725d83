package io.capbench.engine.explain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.BaseNDManager;
import ai.djl.ndarray.NDManager;
import io.capbench.engine.bench.RandomClip;
import io.capbench.engine.clip.ClipLoader;
import io.capbench.engine.clip.ClipModel;
import io.capbench.engine.pixels.ImageTransform;
import io.capbench.engine.text.SubCaption;
import io.capbench.engine.text.SubCaptionRule;
import io.capbench.engine.text.SubCaptions;
import io.capbench.engine.torch.DeviceChoice;
import io.capbench.engine.weights.Checkpoint;
import io.capbench.engine.weights.SafetensorsWriter;
import io.capbench.storage.image.ImageBytes;
import io.capbench.storage.image.ImageException;
import io.capbench.storage.image.ImageInspector;
import io.capbench.storage.job.JobContext;
import io.capbench.storage.model.CapbenchException;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.zip.GZIPOutputStream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ClipGrounderTest {
  private static final String CAPTION = "The cat sleeps.  A dog, the best, barks at it.";
  private static final String VOCABULARY = "bpe_simple_vocab_16e6.txt.gz";
  private static final String WEIGHTS = "open_clip_model.safetensors";
  private static final String CONFIG = "open_clip_config.json";

  @TempDir private Path folder;

  private final List<SubCaption> parts = SubCaptions.split(CAPTION, SubCaptionRule.SENTENCES);

  @BeforeEach
  void makeAModel() throws Exception {
    RandomClip.SMALL.write(folder);
    String merges = "#version\nt h\nth e</w>\nc a\nca t</w>\nd o\ndo g</w>\n";
    try (OutputStream out =
        new GZIPOutputStream(Files.newOutputStream(folder.resolve(VOCABULARY)))) {
      out.write(merges.getBytes(StandardCharsets.UTF_8));
    }
  }

  private ClipGrounder open(Path model) {
    ClipLoader loader = new ClipLoader(folder.resolve("cache"));
    return ClipGrounder.open(model, DeviceChoice.CPU, null, loader, JobContext.unwatched());
  }

  private static ImageBytes image(int width, int height) throws Exception {
    BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
    for (int y = 0; y < height; y++) {
      for (int x = 0; x < width; x++) {
        image.setRGB(x, y, (x * 7) << 16 | (y * 5) << 8 | ((x ^ y) & 0xff));
      }
    }
    ByteArrayOutputStream png = new ByteArrayOutputStream();
    ImageIO.write(image, "png", png);
    return new ImageInspector().inspect(png.toByteArray(), "generated");
  }

  private Grounding ground(Grounder grounder) throws Exception {
    return grounder.ground(image(90, 60), CAPTION, parts, JobContext.unwatched());
  }

  @Test
  void everySubCaptionHasAllItsMaps() throws Exception {
    try (ClipGrounder grounder = open(folder)) {
      Grounding grounding = ground(grounder);
      assertThat(grounding.modelSha256()).isEqualTo(grounder.model().sha256());
      assertThat(grounding.logitScale()).isEqualTo(100f, within(1e-3f));
      assertThat(grounding.projected()).isTrue();
      assertThat(grounding.rollout().patches()).isEqualTo(64);
      assertThat(grounding.clsAttention().patches()).isEqualTo(64);
      assertThat(grounding.subCaptions())
          .extracting(SubCaptionGrounding::subCaption)
          .isEqualTo(parts);
      for (SubCaptionGrounding part : grounding.subCaptions()) {
        assertThat(part.similarity()).isBetween(-1f, 1f).isNotZero();
        assertThat(part.relevance()).hasSize(4).doesNotHaveDuplicates();
        assertThat(part.relevance()).allSatisfy(map -> assertThat(map.patches()).isEqualTo(64));
        assertThat(part.patchSimilarity().patches()).isEqualTo(64);
      }
      assertThat(grounding.subCaptions().get(0).relevance())
          .doesNotContainAnyElementsOf(grounding.subCaptions().get(1).relevance());
    }
  }

  @Test
  void wordsAreFoundWhereTheyStandInTheCaption() throws Exception {
    try (ClipGrounder grounder = open(folder)) {
      for (SubCaptionGrounding part : ground(grounder).subCaptions()) {
        List<String> words = new ArrayList<>();
        for (TokenGrounding token : part.tokens()) {
          assertThat(token.start()).isGreaterThanOrEqualTo(part.subCaption().start());
          assertThat(token.end()).isLessThanOrEqualTo(part.subCaption().end());
          words.add(CAPTION.substring(token.start(), token.end()));
        }
        assertThat(String.join("", words)).isEqualTo(part.subCaption().text().replace(" ", ""));
        assertThat(words).contains(part.subCaption().start() == 0 ? "cat" : "dog");
      }
    }
  }

  @Test
  void theSameWordLooksAtOtherPatchesInAnotherSentence() throws Exception {
    try (ClipGrounder grounder = open(folder)) {
      Grounding grounding = ground(grounder);
      TokenGrounding first = grounding.subCaptions().get(0).tokens().get(0);
      TokenGrounding again =
          grounding.subCaptions().get(1).tokens().stream()
              .filter(token -> CAPTION.startsWith("the", token.start()))
              .findFirst()
              .orElseThrow();
      assertThat(again.similarity()).isNotEqualTo(first.similarity());
    }
  }

  @Test
  void thePatchesLieWhereTheModelLooks() throws Exception {
    try (ClipGrounder grounder = open(folder)) {
      assertThat(ground(grounder).grid())
          .isEqualTo(new PatchGrid(8, 8, 13 / 90.0 + 2 / 90.0, 0, 60 / 90.0, 1));
    }
  }

  @Test
  void whatIsGroundedTogetherIsAsIfGroundedAlone() throws Exception {
    try (ClipGrounder grounder = open(folder)) {
      List<SubCaption> many = new ArrayList<>();
      for (int i = 0; i < 20; i++) {
        many.addAll(parts);
      }
      Grounding alone = ground(grounder);
      Grounding together = grounder.ground(image(90, 60), CAPTION, many, JobContext.unwatched());
      for (int i = 0; i < many.size(); i++) {
        SubCaptionGrounding one = alone.subCaptions().get(i % 2);
        SubCaptionGrounding other = together.subCaptions().get(i);
        assertThat(other.similarity()).isEqualTo(one.similarity(), within(1e-6f));
        assertClose(other.relevance().get(0), one.relevance().get(0));
        assertClose(other.patchSimilarity(), one.patchSimilarity());
      }
    }
  }

  private static void assertClose(PatchMap actual, PatchMap expected) {
    for (int p = 0; p < expected.patches(); p++) {
      assertThat(actual.get(p)).isEqualTo(expected.get(p), within(1e-5f));
    }
  }

  @Test
  void threadsDoNotDisturbEachOther() throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(3);
    try {
      List<Future<Grounding>> found = new ArrayList<>();
      for (int i = 0; i < 3; i++) {
        found.add(
            threads.submit(
                () -> {
                  try (ClipGrounder grounder = open(folder)) {
                    ground(grounder);
                    return ground(grounder);
                  }
                }));
      }
      Grounding first = found.get(0).get();
      for (Future<Grounding> other : found) {
        SubCaptionGrounding part = other.get().subCaptions().get(1);
        assertClose(part.relevance().get(0), first.subCaptions().get(1).relevance().get(0));
      }
    } finally {
      threads.shutdownNow();
    }
  }

  @Test
  void nothingStaysInMemory() throws Exception {
    ClipLoader loader = new ClipLoader(folder.resolve("cache"));
    ClipModel model = loader.load(folder, DeviceChoice.CPU, null, JobContext.unwatched());
    ImageTransform transform = new ImageTransform(model.config().preprocess());
    try (ClipGrounder grounder = new ClipGrounder(model, model.tokenizer(), transform)) {
      ground(grounder);
      int before = arrays(model);
      for (int i = 0; i < 5; i++) {
        ground(grounder);
      }
      assertThat(arrays(model)).isEqualTo(before);
    }
  }

  /** Arrays that the model's memory holds. */
  private static int arrays(ClipModel model) {
    try (NDManager manager = model.newManager()) {
      BaseNDManager parent = (BaseNDManager) manager.getParentManager();
      return parent.getManagedArrays().size();
    }
  }

  @Test
  void cancellingEndsItBetweenSubCaptions() throws Exception {
    List<Long> seen = new ArrayList<>();
    JobContext impatient =
        new JobContext() {
          @Override
          public void progress(long done, long total, String unit) {
            assertThat(unit).isEqualTo("sub-captions");
            assertThat(total).isEqualTo(2);
            seen.add(done);
          }

          @Override
          public boolean cancelled() {
            return !seen.isEmpty();
          }

          @Override
          public void checkCancelled() {
            if (cancelled()) {
              throw new CancellationException();
            }
          }

          @Override
          public Registration onCancel(Runnable action) {
            return () -> {};
          }
        };
    try (ClipGrounder grounder = open(folder)) {
      ImageBytes image = image(90, 60);
      assertThatThrownBy(() -> grounder.ground(image, CAPTION, parts, impatient))
          .isInstanceOf(CancellationException.class);
      assertThat(seen).containsExactly(1L);
      assertThat(ground(grounder).subCaptions()).hasSize(2);
    }
  }

  @Test
  void anImageThatDoesNotDecodeIsRefused() throws Exception {
    ImageBytes good = image(90, 60);
    byte[] cut = Arrays.copyOf(good.bytes(), 200);
    ImageBytes bad = new ImageBytes(cut, good.format(), 90, 60);
    try (ClipGrounder grounder = open(folder)) {
      assertThatThrownBy(() -> grounder.ground(bad, CAPTION, parts, JobContext.unwatched()))
          .isInstanceOf(ImageException.class);
    }
  }

  @Test
  void nothingToLookForIsAMistakeOfTheCaller() throws Exception {
    try (ClipGrounder grounder = open(folder)) {
      ImageBytes image = image(9, 6);
      assertThatThrownBy(() -> grounder.ground(image, "", List.of(), JobContext.unwatched()))
          .isInstanceOf(IllegalArgumentException.class);
    }
  }

  @Test
  void aModelWithoutATokenizerIsRefusedAndClosed() throws Exception {
    Files.delete(folder.resolve(VOCABULARY));
    assertThatThrownBy(() -> open(folder))
        .isInstanceOf(CapbenchException.class)
        .hasMessageContaining(VOCABULARY);
  }

  @Test
  void numbersThatAreNoneAreSaid() throws Exception {
    Path broken = Files.createDirectory(folder.resolve("broken"));
    Files.copy(folder.resolve(CONFIG), broken.resolve(CONFIG));
    Files.copy(folder.resolve(VOCABULARY), broken.resolve(VOCABULARY));
    try (Checkpoint weights = Checkpoint.open(folder.resolve(WEIGHTS))) {
      SafetensorsWriter.write(
          broken.resolve(WEIGHTS),
          weights.tensors(),
          info -> {
            ByteBuffer numbers = weights.floats(info.name());
            return info.name().equals("visual.proj") ? huge(numbers.remaining()) : numbers;
          });
    }
    try (ClipGrounder grounder = open(broken)) {
      assertThatThrownBy(() -> ground(grounder))
          .isInstanceOf(CapbenchException.class)
          .hasMessageContaining("broken gives numbers that are none");
    }
  }

  private static ByteBuffer huge(int bytes) {
    ByteBuffer numbers = ByteBuffer.allocate(bytes).order(ByteOrder.LITTLE_ENDIAN);
    while (numbers.hasRemaining()) {
      numbers.putFloat(3e38f);
    }
    return numbers.flip();
  }
}
