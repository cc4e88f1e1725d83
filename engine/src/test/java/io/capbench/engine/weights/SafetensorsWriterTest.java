package io.capbench.engine.weights;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.capbench.storage.model.CapbenchException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class SafetensorsWriterTest {
  @TempDir Path folder;

  @Test
  void everyTypeIsReadBackAndAligned() {
    List<TensorInfo> tensors = new ArrayList<>();
    TensorType[] types = TensorType.values();
    for (int i = types.length - 1; i >= 0; i--) {
      tensors.add(new TensorInfo("t\"" + types[i] + "é", types[i], List.of(3L, 1L)));
    }
    tensors.add(new TensorInfo("one", TensorType.F32, List.of()));
    tensors.add(new TensorInfo("none", TensorType.BOOL, List.of(0L, 5L)));
    Path file = folder.resolve("m.safetensors");

    SafetensorsWriter.write(file, tensors, SafetensorsWriterTest::numbers);

    try (Checkpoint checkpoint = Checkpoint.open(file)) {
      assertThat(checkpoint.tensors()).containsExactlyInAnyOrderElementsOf(tensors);
      for (TensorInfo info : tensors) {
        assertThat(checkpoint.bytes(info.name())).isEqualTo(numbers(info));
        assertThat(checkpoint.place(info.name()).orElseThrow().offset() % info.type().bytes())
            .isZero();
      }
    }
    assertThat(folder).isDirectoryContaining(file::equals);
    assertThat(folder.toFile().list()).hasSize(1);
  }

  @Test
  void tensorsAreAskedForOneAfterAnother() {
    List<String> asked = new ArrayList<>();
    List<TensorInfo> tensors =
        Stream.of("c", "a", "b")
            .map(name -> new TensorInfo(name, TensorType.F32, List.of(2L)))
            .toList();

    SafetensorsWriter.write(
        folder.resolve("m.safetensors"),
        tensors,
        info -> {
          asked.add(info.name());
          return numbers(info);
        });

    assertThat(asked).containsExactly("c", "a", "b");
  }

  @Test
  void aFileThatFailsLeavesTheOldOne() throws IOException {
    Path file = Files.writeString(folder.resolve("m.safetensors"), "old", StandardCharsets.UTF_8);
    TensorInfo info = new TensorInfo("x", TensorType.F32, List.of(2L));

    assertThatThrownBy(
            () -> SafetensorsWriter.write(file, List.of(info), i -> ByteBuffer.allocate(7)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("7 bytes");
    assertThatThrownBy(
            () ->
                SafetensorsWriter.write(file, List.of(info, info), SafetensorsWriterTest::numbers))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("two tensors are called x");

    assertThat(file).hasContent("old");
    assertThat(folder.toFile().list()).containsExactly("m.safetensors");
  }

  @Test
  void aFolderThatIsNotThereIsNamed() {
    Path file = folder.resolve("gone").resolve("m.safetensors");

    assertThatThrownBy(
            () -> SafetensorsWriter.write(file, List.of(), SafetensorsWriterTest::numbers))
        .isInstanceOf(CapbenchException.class)
        .hasMessageContaining("Cannot write " + file);
  }

  private static ByteBuffer numbers(TensorInfo info) {
    ByteBuffer bytes = ByteBuffer.allocate((int) info.byteLength()).order(ByteOrder.LITTLE_ENDIAN);
    for (int i = 0; i < bytes.capacity(); i++) {
      bytes.put(i, (byte) (i + info.name().hashCode()));
    }
    return bytes;
  }
}
