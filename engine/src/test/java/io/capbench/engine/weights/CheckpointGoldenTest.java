package io.capbench.engine.weights;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The same weights come out of every file that the original programs saved them in. */
final class CheckpointGoldenTest {

  @ParameterizedTest
  @CsvSource({
    "dreamlip_gelu, model.safetensors",
    "dreamlip_ckpt, model.safetensors",
    "clips, open_clip_model.safetensors",
    "llama_mha, model.safetensors.index.json",
    "llama_mha/bin, pytorch_model.bin.index.json",
    "llama_gqa/bf16, model.safetensors.index.json",
  })
  void theFileIsFoundInItsFolder(String folder, String file) {
    assertThat(WeightFolder.locate(GoldenFiles.path(folder)).getFileName()).hasToString(file);
  }

  @Test
  void shardsAreOneCheckpoint() {
    try (Checkpoint checkpoint = Checkpoint.open(GoldenFiles.path("llama_gqa/bf16"))) {
      assertThat(checkpoint.files()).hasSize(2);
      assertThat(checkpoint.tensors()).extracting(TensorInfo::type).containsOnly(TensorType.BF16);
      assertThat(checkpoint.has("model.embed_tokens.weight")).isTrue();
      assertThat(checkpoint.has("lm_head.weight")).isTrue();
      Place first = checkpoint.place("model.embed_tokens.weight").orElseThrow();
      Place last = checkpoint.place("lm_head.weight").orElseThrow();
      assertThat(first.file()).isNotEqualTo(last.file());
      assertThat(first.length())
          .isEqualTo(checkpoint.info("model.embed_tokens.weight").byteLength());
    }
  }

  @ParameterizedTest
  @CsvSource({"model_bf16.safetensors, 0.00390625", "model_f16.safetensors, 0.00048828125"})
  void roundedWeightsLieAsCloseAsTheirTypeAllows(String name, float relative) {
    try (Checkpoint whole = Checkpoint.open(GoldenFiles.path("dreamlip_gelu/model.safetensors"));
        Checkpoint rounded = Checkpoint.open(GoldenFiles.path("dreamlip_gelu/" + name))) {
      assertThat(rounded.tensors()).hasSameSizeAs(whole.tensors());
      for (TensorInfo info : whole.tensors()) {
        assertThat(rounded.info(info.name()).shape()).isEqualTo(info.shape());
        ByteBuffer expected = whole.floats(info.name());
        ByteBuffer actual = rounded.floats(info.name());
        assertThat(actual.remaining()).isEqualTo(expected.remaining());
        for (int i = 0; i < expected.remaining(); i += 4) {
          float exact = expected.getFloat(i);
          // 2^-24 is the step of the smallest half-precision numbers.
          assertThat(Math.abs(actual.getFloat(i) - exact))
              .as("%s[%d] = %s", info.name(), i / 4, exact)
              .isLessThanOrEqualTo(Math.abs(exact) * relative + 0x1p-25f);
        }
      }
    }
  }
}
