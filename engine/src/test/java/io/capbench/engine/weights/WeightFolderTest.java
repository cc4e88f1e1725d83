package io.capbench.engine.weights;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.capbench.storage.model.CapbenchException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class WeightFolderTest {
  private static final String ONE_BYTE = "{" + Safetensors.tensor("x", "U8", "[1]", 0, 1) + "}";

  @TempDir Path folder;

  @ParameterizedTest
  @CsvSource({
    "model.safetensors pytorch_model.bin, model.safetensors",
    "open_clip_model.safetensors open_clip_pytorch_model.bin, open_clip_model.safetensors",
    "pytorch_model.bin other.pt, pytorch_model.bin",
    "model.safetensors.index.json pytorch_model.bin.index.json a.safetensors,"
        + " model.safetensors.index.json",
    "pytorch_model.bin.index.json a.bin b.bin, pytorch_model.bin.index.json",
    "vitb16.pt config.json, vitb16.pt",
    "some.safetensors some.pt, some.safetensors",
    "weights.PTH, weights.PTH",
    ".hidden.pt shown.bin, shown.bin",
  })
  void thePublishedNameWins(String files, String chosen) throws IOException {
    for (String file : files.split(" ", -1)) {
      Files.createFile(folder.resolve(file));
    }

    assertThat(WeightFolder.locate(folder)).isEqualTo(folder.resolve(chosen));
  }

  @Test
  void severalFilesAreNotGuessedAmong() throws IOException {
    Files.createFile(folder.resolve("epoch_1.pt"));
    Files.createFile(folder.resolve("epoch_2.pt"));

    assertThatThrownBy(() -> Checkpoint.open(folder))
        .isInstanceOf(CapbenchException.class)
        .hasMessageContaining(folder.toString())
        .hasMessageContaining("epoch_1.pt, epoch_2.pt")
        .hasMessageContaining("Name the one");
  }

  @Test
  void aFolderWithoutWeightsSaysWhatItHas() throws IOException {
    for (int i = 0; i < 12; i++) {
      Files.createFile(folder.resolve("note%02d.txt".formatted(i)));
    }

    assertThatThrownBy(() -> Checkpoint.open(folder))
        .isInstanceOf(CapbenchException.class)
        .hasMessageContaining(folder + " has no weights")
        .hasMessageContaining("note00.txt, note01.txt")
        .hasMessageContaining("and 2 more");
  }

  @Test
  void anEmptyFolderAndOneThatIsNotThereAreNamed() {
    assertThatThrownBy(() -> Checkpoint.open(folder))
        .isInstanceOf(CapbenchException.class)
        .hasMessageContaining("it has no files");
    assertThatThrownBy(() -> Checkpoint.open(folder.resolve("gone")))
        .isInstanceOf(CapbenchException.class)
        .hasMessageContaining("gone is not there");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "../x.safetensors",
        "/etc/passwd",
        "a/b.safetensors",
        "..",
        ".",
        "",
        "c:x",
        "a\\\\b"
      })
  void anIndexThatPointsOutsideItsFolderIsRefused(String file) throws IOException {
    Path index = index("{\"weight_map\":{\"x\":\"" + file + "\"}}");

    assertThatThrownBy(() -> Checkpoint.open(index))
        .isInstanceOf(CapbenchException.class)
        .hasMessageContaining(index.toString())
        .hasMessageContaining("not a plain file name");
  }

  @Test
  void missingShardsAreAllNamed() throws IOException {
    Safetensors.write(folder.resolve("a.safetensors"), ONE_BYTE, new byte[1]);
    Path index =
        index(
            "{\"metadata\":{\"n\":{\"k\":1}},\"weight_map\":{\"x\":\"a.safetensors\","
                + "\"y\":\"b.safetensors\",\"z\":\"c.safetensors\"}}");

    assertThatThrownBy(() -> Checkpoint.open(index))
        .isInstanceOf(CapbenchException.class)
        .hasMessageContaining("3 files of which 2 are missing: b.safetensors, c.safetensors");
  }

  @Test
  void aShardWithoutItsTensorIsNamed() throws IOException {
    Safetensors.write(folder.resolve("a.safetensors"), ONE_BYTE, new byte[1]);
    Path index = index("{\"weight_map\":{\"x\":\"a.safetensors\",\"y\":\"a.safetensors\"}}");

    assertThatThrownBy(() -> Checkpoint.open(index))
        .isInstanceOf(CapbenchException.class)
        .hasMessageContaining(folder.resolve("a.safetensors").toString())
        .hasMessageContaining("no tensor y");
  }

  @Test
  void tensorsThatTheIndexDoesNotListAreLeftOut() throws IOException {
    Safetensors.write(
        folder.resolve("a.safetensors"),
        "{"
            + Safetensors.tensor("x", "U8", "[1]", 0, 1)
            + ","
            + Safetensors.tensor("old", "U8", "[1]", 1, 2)
            + "}",
        new byte[2]);

    try (Checkpoint checkpoint =
        Checkpoint.open(index("{\"weight_map\":{\"x\":\"a.safetensors\"}}"))) {
      assertThat(checkpoint.tensors()).extracting(TensorInfo::name).containsExactly("x");
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{} | lists no tensors",
        "{\"weight_map\":{}} | lists no tensors",
        "{\"weight_map\":[]} | weight_map is no object",
        "{\"weight_map\":{\"x\":7}} | no file name",
        "{\"weight_map\":{\"x\":\"a\" | cannot be read as an index",
        "[] | it is no object",
        "{\"weight_map\":{\"x\":\"a\",\"x\":\"b\"}} | Duplicate field 'x'",
      })
  void aDamagedIndexIsNamed(String content, String cause) throws IOException {
    Path index = index(content);

    assertThatThrownBy(() -> Checkpoint.open(index))
        .isInstanceOf(CapbenchException.class)
        .hasMessageContaining(index.toString())
        .hasMessageContaining(cause);
  }

  private Path index(String content) throws IOException {
    return Files.writeString(folder.resolve("model.safetensors.index.json"), content);
  }
}
