package io.capbench.engine.score;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.capbench.engine.clip.ClipLoader;
import io.capbench.engine.golden.GoldenFiles;
import io.capbench.engine.pixels.ImageRegion;
import io.capbench.engine.pixels.PixelTensor;
import io.capbench.engine.torch.DeviceChoice;
import io.capbench.engine.weights.Checkpoint;
import io.capbench.storage.job.JobContext;
import io.capbench.storage.model.CapbenchException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ClipSpaceTest {
  private static final String GOLDEN = "dreamlip_gelu/";

  @TempDir Path folder;
  private Path model;

  @BeforeEach
  void copyModel() throws Exception {
    model = Files.createDirectories(folder.resolve("model"));
    for (String name : List.of("model.safetensors", "open_clip_config.json")) {
      Files.copy(GoldenFiles.path(GOLDEN + name), model.resolve(name));
    }
  }

  private ClipSpace open() {
    ClipLoader loader = new ClipLoader(folder.resolve("cache"));
    return ClipSpace.open(model, DeviceChoice.CPU, null, loader, JobContext.unwatched());
  }

  private static float[] floats(Checkpoint file, String tensor) {
    ByteBuffer bytes = file.floats(tensor);
    float[] values = new float[bytes.remaining() / Float.BYTES];
    bytes.asFloatBuffer().get(values);
    return values;
  }

  @Test
  void imagesLieWhereTheOriginalPutsThem() throws Exception {
    Files.writeString(model.resolve("vocab.txt"), "[PAD]\n[UNK]\n[CLS]\n[SEP]\n[MASK]\na\ncat\n");
    try (ClipSpace space = open();
        Checkpoint inputs = Checkpoint.open(GoldenFiles.path(GOLDEN + "inputs.safetensors"));
        Checkpoint expected = Checkpoint.open(GoldenFiles.path(GOLDEN + "expected.safetensors"))) {
      List<Long> shape = inputs.info("pixel_values").shape();
      int size = Math.toIntExact(shape.get(2));
      float[] pixels = floats(inputs, "pixel_values");
      List<PixelTensor> images = new ArrayList<>();
      for (int i = 0; i < shape.get(0); i++) {
        float[] one = new float[3 * size * size];
        System.arraycopy(pixels, i * one.length, one, 0, one.length);
        images.add(new PixelTensor(one, size, ImageRegion.WHOLE));
      }
      float[][] places = space.images(images);
      float[] wanted = floats(expected, "image_features_norm");
      assertThat(places.length * places[0].length).isEqualTo(wanted.length);
      for (int i = 0; i < wanted.length; i++) {
        assertThat(places[i / places[0].length][i % places[0].length])
            .isCloseTo(wanted[i], within(2e-6f));
      }
    }
  }

  @Test
  void aCaptionLiesInTheSamePlaceWhateverIsReadWithIt() throws Exception {
    Files.writeString(model.resolve("vocab.txt"), "[PAD]\n[UNK]\n[CLS]\n[SEP]\n[MASK]\na\ncat\n");
    try (ClipSpace space = open()) {
      float[] alone = space.captions(List.of("a cat"))[0];
      float[][] beside = space.captions(List.of("a a a a a a a a cat cat", "a cat"));
      double length = 0;
      for (int d = 0; d < alone.length; d++) {
        assertThat(beside[1][d]).isCloseTo(alone[d], within(2e-6f));
        length += (double) alone[d] * alone[d];
      }
      assertThat(length).isCloseTo(1, within(1e-5));
      assertThat(beside[0]).isNotEqualTo(beside[1]);
    }
  }

  @Test
  void aModelWithoutATokenizerIsRefusedWithTheFileToAdd() {
    assertThatThrownBy(this::open)
        .isInstanceOf(CapbenchException.class)
        .hasMessageContaining("bpe_simple_vocab_16e6.txt.gz");
  }
}
