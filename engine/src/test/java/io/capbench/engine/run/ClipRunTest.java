package io.capbench.engine.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.capbench.engine.clip.ClipLoader;
import io.capbench.engine.clip.ClipModel;
import io.capbench.engine.explain.Sigma;
import io.capbench.engine.golden.GoldenFiles;
import io.capbench.engine.torch.DeviceChoice;
import io.capbench.engine.weights.TensorInfo;
import io.capbench.engine.weights.TensorType;
import io.capbench.storage.job.JobContext;
import io.capbench.storage.model.CapbenchException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a run writes is what the original programs gave. */
final class ClipRunTest {
  @TempDir private Path folder;

  @ParameterizedTest
  @CsvSource({"dreamlip_gelu", "dreamlip_quickgelu", "dreamlip_ckpt", "clips"})
  void writesEveryTensorOfTheContract(String model) {
    Path out = run(model, GoldenFiles.path(model + "/inputs.safetensors"), false, null);

    try (TensorFile got = new TensorFile(out);
        TensorFile wanted = new TensorFile(GoldenFiles.path(model + "/expected.safetensors"))) {
      assertThat(got.names())
          .containsExactlyInAnyOrder(
              "image_features",
              "image_features_norm",
              "local_tokens",
              "text_features",
              "text_features_norm",
              "logits_per_image",
              "cosine_similarity");
      for (String name : got.names()) {
        boolean clips = name.equals("local_tokens") && model.equals("clips");
        double tolerance = name.endsWith("_norm") || name.startsWith("cosine") ? 2e-6 : 5e-5;
        got.assertClose(name, wanted, clips ? "patch_tokens" : name, tolerance);
      }
    }
  }

  @ParameterizedTest
  @CsvSource({"dreamlip_gelu", "dreamlip_quickgelu"})
  void explainsAsTheOriginalDoes(String model) {
    Path out = run(model, GoldenFiles.path(model + "/inputs.safetensors"), true, null);

    try (TensorFile got = new TensorFile(out);
        TensorFile wanted =
            new TensorFile(GoldenFiles.path("chefer/" + model + ".expected.safetensors"))) {
      int compared = 0;
      for (String name : wanted.names()) {
        if (name.endsWith("last.relevance")
            || name.endsWith("all.relevance")
            || name.endsWith("attention_cls_last")
            || name.endsWith("attention_rollout")) {
          got.assertClose(name, wanted, name, 1e-5);
          compared++;
        }
      }
      assertThat(compared).isGreaterThanOrEqualTo(8);
    }
  }

  @ParameterizedTest
  @CsvSource({"null", "0.0", "0.1", "0.3", "0.5", "0.7"})
  void groupsAsTheOriginalDoes(String sigma) {
    Path inputs = firstImage("grouping/dreamlip_gelu.model_inputs.safetensors");

    Path out = run("dreamlip_gelu", inputs, false, Sigma.of(sigma));

    try (TensorFile got = new TensorFile(out);
        TensorFile wanted =
            new TensorFile(
                GoldenFiles.path("grouping/dreamlip_gelu.single.expected.safetensors"))) {
      String name = "minmax.sigma_" + sigma + ".weights";
      float[] expected = wanted.floats(name);
      float[] actual = got.floats("image0.weights");
      assertThat(actual).hasSameSizeAs(expected);
      for (int i = 0; i < expected.length; i++) {
        assertThat(actual[i] == 0).as("patch " + i).isEqualTo(expected[i] == 0);
        assertThat(Math.abs(actual[i] - expected[i])).isLessThanOrEqualTo(1e-5f);
      }
    }
  }

  @Test
  void pixelsAloneGiveImagesAlone() {
    Path out = run("dreamlip_ckpt", only("dreamlip_ckpt", "pixel_values"), false, null);

    try (TensorFile got = new TensorFile(out)) {
      assertThat(got.names())
          .containsExactlyInAnyOrder("image_features", "image_features_norm", "local_tokens");
    }
  }

  @Test
  void tokenIdsAloneGiveCaptionsAlone() {
    Path out = run("dreamlip_ckpt", only("dreamlip_ckpt", "token_ids"), false, null);

    try (TensorFile got = new TensorFile(out);
        TensorFile wanted =
            new TensorFile(GoldenFiles.path("dreamlip_ckpt/expected.safetensors"))) {
      assertThat(got.names()).containsExactlyInAnyOrder("text_features", "text_features_norm");
      got.assertClose("text_features", wanted, "text_features", 3e-5);
    }
  }

  @Test
  void pixelsAloneCanBeExplainedToo() {
    Path out = run("dreamlip_gelu", only("dreamlip_gelu", "pixel_values"), true, null);

    try (TensorFile got = new TensorFile(out)) {
      assertThat(got.names())
          .contains("image0.attention_cls_last", "image3.attention_rollout")
          .doesNotContain("image0.last.relevance");
    }
  }

  @Test
  void readsIdsOf32BitsAndPixelsOf64() {
    Map<TensorInfo, ByteBuffer> tensors = TensorFile.none();
    try (TensorFile given = new TensorFile(GoldenFiles.path("dreamlip_ckpt/inputs.safetensors"))) {
      tensors.put(TensorFile.named("token_ids", TensorType.I32, 3, 77), narrow(given, 3 * 77));
      float[] pixels = given.floats("pixel_values");
      ByteBuffer wide = ByteBuffer.allocate(pixels.length * 8).order(ByteOrder.LITTLE_ENDIAN);
      for (float pixel : pixels) {
        wide.putDouble(pixel);
      }
      tensors.put(TensorFile.named("pixel_values", TensorType.F64, 2, 3, 32, 32), wide.flip());
    }
    Path inputs = TensorFile.write(folder.resolve("in.safetensors"), tensors);

    Path out = run("dreamlip_ckpt", inputs, false, null);

    try (TensorFile got = new TensorFile(out);
        TensorFile wanted =
            new TensorFile(GoldenFiles.path("dreamlip_ckpt/expected.safetensors"))) {
      got.assertClose("logits_per_image", wanted, "logits_per_image", 5e-5);
    }
  }

  @Test
  void manyImagesAndCaptionsGiveWhatFewGive() {
    Map<TensorInfo, ByteBuffer> tensors = TensorFile.none();
    int times = 30; // more than pass at a time
    try (TensorFile given = new TensorFile(GoldenFiles.path("dreamlip_ckpt/inputs.safetensors"))) {
      tensors.put(
          TensorFile.named("token_ids", TensorType.I64, 3L * times, 77),
          repeated(given.bytes("token_ids"), times));
      tensors.put(
          TensorFile.named("pixel_values", TensorType.F32, 2L * times, 3, 32, 32),
          repeated(given.bytes("pixel_values"), times));
    }
    Path inputs = TensorFile.write(folder.resolve("in.safetensors"), tensors);

    Path out = run("dreamlip_ckpt", inputs, false, null);

    try (TensorFile got = new TensorFile(out);
        TensorFile wanted =
            new TensorFile(GoldenFiles.path("dreamlip_ckpt/expected.safetensors"))) {
      float[] few = wanted.floats("cosine_similarity");
      float[] many = got.floats("cosine_similarity");
      assertThat(got.info("cosine_similarity").shape()).containsExactly(60L, 90L);
      for (int i = 0; i < many.length; i++) {
        float expected = few[i / 90 % 2 * 3 + i % 90 % 3];
        assertThat(Math.abs(many[i] - expected)).isLessThan(2e-6f);
      }
      float[] tokens = wanted.floats("local_tokens");
      float[] allTokens = got.floats("local_tokens");
      for (int i = 0; i < allTokens.length; i++) {
        assertThat(Math.abs(allTokens[i] - tokens[i % tokens.length])).isLessThan(3e-5f);
      }
    }
  }

  @Test
  void leavesNothingBehindIfItFails() throws Exception {
    Map<TensorInfo, ByteBuffer> tensors = TensorFile.none();
    tensors.put(
        TensorFile.named("token_ids", TensorType.I32, 1, 2),
        ByteBuffer.allocate(8).order(ByteOrder.LITTLE_ENDIAN).putInt(1).putInt(999).flip());
    Path inputs = TensorFile.write(folder.resolve("in.safetensors"), tensors);

    assertThatThrownBy(() -> run("dreamlip_ckpt", inputs, false, null))
        .isInstanceOf(CapbenchException.class)
        .hasMessageContaining("tokens 0 to 255, not 999");
    assertThat(list()).containsExactly("in.safetensors");
  }

  @Test
  void namesTensorsOfOtherShapes() {
    Map<TensorInfo, ByteBuffer> tensors = TensorFile.none();
    tensors.put(
        TensorFile.named("pixel_values", TensorType.F32, 1, 4, 2, 2), ByteBuffer.allocate(64));
    Path wrong = TensorFile.write(folder.resolve("wrong.safetensors"), tensors);
    tensors.clear();
    tensors.put(TensorFile.named("pixels", TensorType.F32, 1), ByteBuffer.allocate(4));
    Path none = TensorFile.write(folder.resolve("none.safetensors"), tensors);
    tensors.clear();
    tensors.put(
        TensorFile.named("pixel_values", TensorType.F32, 1, 3, 4, 4), ByteBuffer.allocate(192));
    Path small = TensorFile.write(folder.resolve("small.safetensors"), tensors);

    assertThatThrownBy(() -> run("dreamlip_ckpt", wrong, false, null))
        .hasMessageContaining("pixel_values is F32 [1, 4, 2, 2]");
    assertThatThrownBy(() -> run("dreamlip_ckpt", none, false, null))
        .hasMessageContaining("neither pixel_values")
        .hasMessageContaining("[pixels]");
    assertThatThrownBy(() -> run("dreamlip_ckpt", small, false, null))
        .hasMessageContaining("smaller than a patch");
    assertThatThrownBy(
            () ->
                run(
                    "dreamlip_ckpt",
                    only("dreamlip_ckpt", "token_ids"),
                    false,
                    Sigma.ONE_OF_PATCHES))
        .hasMessageContaining("needs both");
    assertThatThrownBy(() -> run("dreamlip_ckpt", only("dreamlip_ckpt", "token_ids"), true, null))
        .hasMessageContaining("has no pixel_values");
  }

  private Path run(String model, Path inputs, boolean explain, @Nullable Sigma grouping) {
    Path out = folder.resolve("out.safetensors");
    try (ClipModel loaded =
        new ClipLoader(folder.resolve("hashes"))
            .load(
                GoldenFiles.path(model + "/open_clip_config.json").getParent(),
                DeviceChoice.CPU,
                null,
                JobContext.unwatched())) {
      new ClipRun(loaded, explain, grouping).run(inputs, out, JobContext.unwatched());
    }
    return out;
  }

  /** One of the two inputs of a model. */
  private Path only(String model, String name) {
    Map<TensorInfo, ByteBuffer> tensors = TensorFile.none();
    try (TensorFile given = new TensorFile(GoldenFiles.path(model + "/inputs.safetensors"))) {
      tensors.put(given.info(name), given.bytes(name));
    }
    return TensorFile.write(folder.resolve(name + ".safetensors"), tensors);
  }

  /** The first image of several, with its captions. */
  private Path firstImage(String name) {
    Map<TensorInfo, ByteBuffer> tensors = TensorFile.none();
    try (TensorFile given = new TensorFile(GoldenFiles.path(name))) {
      for (String each : given.names()) {
        TensorInfo info = given.info(each);
        long[] shape = info.shape().stream().mapToLong(Long::longValue).toArray();
        int bytes = (int) (info.byteLength() / shape[0]);
        shape[0] = 1;
        boolean ids = each.equals("token_ids");
        tensors.put(
            ids
                ? TensorFile.named(each, info.type(), shape[1], shape[2])
                : TensorFile.named(each, info.type(), shape),
            given.bytes(each).slice(0, bytes));
      }
    }
    return TensorFile.write(folder.resolve("first.safetensors"), tensors);
  }

  private static ByteBuffer narrow(TensorFile given, int count) {
    ByteBuffer wide = given.bytes("token_ids");
    ByteBuffer ids = ByteBuffer.allocate(count * 4).order(ByteOrder.LITTLE_ENDIAN);
    for (int i = 0; i < count; i++) {
      ids.putInt((int) wide.getLong(i * 8));
    }
    return ids.flip();
  }

  private static ByteBuffer repeated(ByteBuffer once, int times) {
    ByteBuffer all = ByteBuffer.allocate(once.remaining() * times);
    for (int i = 0; i < times; i++) {
      all.put(once.duplicate());
    }
    return all.flip();
  }

  private Iterable<String> list() throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files
          .map(file -> file.getFileName().toString())
          .filter(name -> !name.equals("hashes"))
          .toList();
    }
  }
}
