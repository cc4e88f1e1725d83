package io.capbench.engine.weights;

import static org.assertj.core.api.Assertions.assertThat;

import io.capbench.engine.golden.GoldenFiles;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
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
  @CsvSource({
    "dreamlip_gelu/model.pt, dreamlip_gelu/model.safetensors",
    "dreamlip_ckpt/model.pt, dreamlip_ckpt/model.safetensors",
    "dreamlip_ckpt/epoch_32.pt, dreamlip_ckpt/model.safetensors",
    "dreamlip_ckpt/legacy_nonzip.pt, dreamlip_ckpt/model.safetensors",
    "dreamlip_ckpt/pt_edge_cases.pt, dreamlip_ckpt/pt_edge_cases.expected.safetensors",
    "clips/open_clip_pytorch_model.bin, clips/open_clip_model.safetensors",
    "llama_mha/bin/pytorch_model.bin.index.json, llama_mha/model.safetensors.index.json",
  })
  void torchAndSafetensorsHoldTheSameBits(String torch, String safetensors) {
    try (Checkpoint actual = Checkpoint.open(GoldenFiles.path(torch));
        Checkpoint expected = Checkpoint.open(GoldenFiles.path(safetensors))) {
      assertThat(actual.tensors())
          .filteredOn(info -> !info.name().endsWith("rotary_emb.inv_freq"))
          .containsExactlyInAnyOrderElementsOf(expected.tensors());
      for (TensorInfo info : expected.tensors()) {
        ByteBuffer bytes = actual.bytes(info.name());
        assertThat(bytes).as(info.name()).isEqualTo(expected.bytes(info.name()));
        assertThat(bytes.isDirect()).isTrue();
        assertThat(bytes.order()).isEqualTo(ByteOrder.LITTLE_ENDIAN);
        actual
            .place(info.name())
            .ifPresent(place -> assertThat(place.length()).isEqualTo(info.byteLength()));
      }
    }
  }

  @Test
  void viewsHaveNoPlaceAndWholeStoragesHave() {
    try (Checkpoint checkpoint =
        Checkpoint.open(GoldenFiles.path("dreamlip_ckpt/pt_edge_cases.pt"))) {
      assertThat(checkpoint.place("transposed")).isEmpty();
      assertThat(checkpoint.place("strided")).isEmpty();
      assertThat(checkpoint.place("expanded")).isEmpty();
      assertThat(checkpoint.place("shared_a").orElseThrow().length()).isEqualTo(200);
      assertThat(checkpoint.place("slice_offset").orElseThrow().offset())
          .isEqualTo(checkpoint.place("shared_a").orElseThrow().offset() + 40);
    }
  }

  @Test
  void optimizerStateIsNoPartOfTheModel() {
    try (Checkpoint checkpoint = Checkpoint.open(GoldenFiles.path("dreamlip_ckpt/epoch_32.pt"))) {
      assertThat(checkpoint.tensors()).hasSize(62);
      assertThat(checkpoint.tensors()).noneMatch(info -> info.name().startsWith("module."));
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
