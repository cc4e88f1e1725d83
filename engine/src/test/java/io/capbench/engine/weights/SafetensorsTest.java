package io.capbench.engine.weights;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.capbench.storage.model.CapbenchException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class SafetensorsTest {
  @TempDir Path folder;

  @Test
  void namesTypesAndShapesAreReadInTheOrderOfTheHeader() throws IOException {
    Path file =
        Safetensors.write(
            folder.resolve("m.safetensors"),
            "{"
                + Safetensors.tensor("b", "F32", "[1,2]", 0, 8)
                + ",\"__metadata__\":{\"format\":\"pt\"},"
                + Safetensors.tensor("a", "I64", "[]", 8, 16)
                + ","
                + Safetensors.tensor("none", "U8", "[0,4]", 16, 16)
                + "}",
            new byte[16]);

    try (Checkpoint checkpoint = Checkpoint.open(file)) {
      assertThat(checkpoint.tensors())
          .containsExactly(
              new TensorInfo("b", TensorType.F32, List.of(1L, 2L)),
              new TensorInfo("a", TensorType.I64, List.of()),
              new TensorInfo("none", TensorType.U8, List.of(0L, 4L)));
      assertThat(checkpoint.files()).containsExactly(file);
      assertThat(checkpoint.has("a")).isTrue();
      assertThat(checkpoint.has("c")).isFalse();
      assertThat(checkpoint.info("a").elements()).isEqualTo(1);
      assertThat(checkpoint.bytes("none").remaining()).isZero();
      assertThatThrownBy(() -> checkpoint.info("c"))
          .isInstanceOf(CapbenchException.class)
          .hasMessageContaining(file.toString())
          .hasMessageContaining("no tensor c");
    }
  }

  @Test
  void storedFloatsAreHandedOutWithoutACopy() throws IOException {
    Path file = floats(1.5f, -2, Float.NaN);

    try (Checkpoint checkpoint = Checkpoint.open(file)) {
      ByteBuffer floats = checkpoint.floats("x");

      assertThat(floats.isDirect()).isTrue();
      assertThat(floats.isReadOnly()).isTrue();
      assertThat(floats.order()).isEqualTo(ByteOrder.LITTLE_ENDIAN);
      assertThat(array(floats)).containsExactly(1.5f, -2, Float.NaN);
      Place place = checkpoint.place("x").orElseThrow();
      assertThat(place.file()).isEqualTo(file);
      assertThat(
              Arrays.copyOfRange(
                  Files.readAllBytes(file), (int) place.offset(), (int) Files.size(file)))
          .hasSize((int) place.length())
          .startsWith(0, 0, 0xc0, 0x3f);
    }
  }

  @Test
  void buffersOutliveTheCheckpoint() throws IOException {
    ByteBuffer floats;
    try (Checkpoint checkpoint = Checkpoint.open(floats(7))) {
      floats = checkpoint.floats("x");
    }

    assertThat(floats.getFloat(0)).isEqualTo(7);
  }

  @Test
  void aClosedCheckpointReadsNothing() throws IOException {
    Checkpoint checkpoint = Checkpoint.open(floats(7));
    checkpoint.close();

    assertThatThrownBy(() -> checkpoint.floats("x")).isInstanceOf(IllegalStateException.class);
  }

  @Test
  void tensorsBeyondTwoGigabytesAreRead() throws IOException {
    long start = 3L << 30;
    Path file = folder.resolve("large.safetensors");
    String header =
        "{"
            + Safetensors.tensor("large", "U8", "[" + (start - 2) + "]", 0, start - 2)
            + ","
            + Safetensors.tensor("x", "F32", "[2]", start - 2, start + 6)
            + "}";
    ByteBuffer numbers = ByteBuffer.allocate(8).order(ByteOrder.LITTLE_ENDIAN);
    writeSparse(file, header, start - 2, numbers.putFloat(1).putFloat(2).array());

    try (Checkpoint checkpoint = Checkpoint.open(file)) {
      assertThat(array(checkpoint.floats("x"))).containsExactly(1, 2);
      assertThat(checkpoint.place("large").orElseThrow().length()).isEqualTo(start - 2);
      assertThatThrownBy(() -> checkpoint.bytes("large"))
          .isInstanceOf(CapbenchException.class)
          .hasMessageContaining("Tensor large of " + file)
          .hasMessageContaining("at most 2 GB");
    }
  }

  @Test
  void aTensorAcrossThePiecesOfAMapIsRead() throws IOException {
    long border = 1L << 30;
    Path file = folder.resolve("border.safetensors");
    String header = "{" + Safetensors.tensor("x", "U8", "[" + border + "]", 0, border) + "}";
    writeSparse(file, header, border - 1, new byte[] {9});

    try (Checkpoint checkpoint = Checkpoint.open(file)) {
      assertThat(checkpoint.bytes("x").get((int) border - 1)).isEqualTo((byte) 9);
    }
  }

  @Test
  void numbersAtAnOddPlaceAreAlignedForTheProcessor() throws IOException {
    byte[] data = new byte[9];
    ByteBuffer.wrap(data).order(ByteOrder.LITTLE_ENDIAN).putFloat(1, 3).putFloat(5, 4);
    Path file =
        Safetensors.write(
            folder.resolve("odd.safetensors"),
            "{"
                + Safetensors.tensor("x", "F32", "[2]", 1, 9)
                + ","
                + Safetensors.tensor("b", "BOOL", "[1]", 0, 1)
                + "}",
            data);

    try (Checkpoint checkpoint = Checkpoint.open(file)) {
      ByteBuffer floats = checkpoint.floats("x");

      assertThat(floats.alignmentOffset(0, 4)).isZero();
      assertThat(array(floats)).containsExactly(3, 4);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "F16, 0000, 0",
    "F16, 3C00, 1",
    "F16, C100, -2.5",
    "F16, 7BFF, 65504",
    "F16, 0400, 0.00006103515625",
    "F16, 03FF, 0.00006097555160522461",
    "F16, 0001, 0.000000059604644775390625",
    "F16, 8001, -0.000000059604644775390625",
    "F16, 7C00, Infinity",
    "F16, FC00, -Infinity",
    "F16, 7E00, NaN",
    "BF16, 3F80, 1",
    "BF16, C020, -2.5",
    "BF16, 7F80, Infinity",
    "BF16, FFC0, NaN",
  })
  void shortFloatsAreWidenedExactly(TensorType type, String bits, float value) throws IOException {
    int number = Integer.parseInt(bits, 16);
    Path file =
        Safetensors.write(
            folder.resolve("h.safetensors"),
            "{" + Safetensors.tensor("x", type.name(), "[1]", 0, 2) + "}",
            new byte[] {(byte) number, (byte) (number >> 8)});

    try (Checkpoint checkpoint = Checkpoint.open(file)) {
      assertThat(array(checkpoint.floats("x"))).containsExactly(value);
    }
  }

  @Test
  void minusZeroKeepsItsSign() {
    assertThat(FloatConversion.half((short) 0x8000)).isEqualTo(-0f);
    assertThat(1 / FloatConversion.half((short) 0x8000)).isEqualTo(Float.NEGATIVE_INFINITY);
  }

  @Test
  void wholeNumbersAreNoWeights() throws IOException {
    Path file =
        Safetensors.write(
            folder.resolve("q.safetensors"),
            "{" + Safetensors.tensor("x", "I8", "[2]", 0, 2) + "}",
            new byte[2]);

    try (Checkpoint checkpoint = Checkpoint.open(file)) {
      assertThat(checkpoint.bytes("x").remaining()).isEqualTo(2);
      assertThatThrownBy(() -> checkpoint.floats("x"))
          .isInstanceOf(CapbenchException.class)
          .hasMessageContaining("Tensor x of " + file)
          .hasMessageContaining("I8")
          .hasMessageContaining("not quantised");
    }
  }

  @Test
  void thePrefixOfTrainingOnSeveralDevicesGoesAway() throws IOException {
    Path file =
        Safetensors.write(
            folder.resolve("t.safetensors"),
            "{"
                + Safetensors.tensor("module.a", "U8", "[1]", 0, 1)
                + ","
                + Safetensors.tensor("other", "U8", "[1]", 1, 2)
                + "}",
            new byte[] {5, 6});

    try (Checkpoint checkpoint = Checkpoint.open(file)) {
      assertThat(checkpoint.tensors()).extracting(TensorInfo::name).containsExactly("a", "other");
      assertThat(checkpoint.bytes("a").get(0)).isEqualTo((byte) 5);
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{\"x\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[0,80]}} | ends at byte 80",
        "{\"x\":{\"dtype\":\"F32\",\"shape\":[3],\"data_offsets\":[0,8]}} | needs 12 bytes and has 8",
        "{\"x\":{\"dtype\":\"F32\",\"shape\":[-2],\"data_offsets\":[0,8]}} | negative size",
        "{\"x\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[8,0]}} | lies at [8, 0]",
        "{\"x\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[-8,0]}} | lies at [-8, 0]",
        "{\"x\":{\"dtype\":\"F32\",\"shape\":[4611686018427387904,4],\"data_offsets\":[0,8]}} | overflow",
        "{\"x\":{\"dtype\":\"F32\",\"shape\":[9223372036854775807,9223372036854775807,0],\"data_offsets\":[0,0]}} | overflow",
        "{\"x\":{\"dtype\":\"F32\",\"shape\":[1e3],\"data_offsets\":[0,8]}} | whole numbers",
        "{\"x\":{\"dtype\":\"F32\",\"shape\":[99999999999999999999],\"data_offsets\":[0,8]}} | out of range",
        "{\"x\":{\"dtype\":\"F8_E4M3\",\"shape\":[2],\"data_offsets\":[0,2]}} | F8_E4M3, which is not supported",
        "{\"x\":{\"dtype\":\"F32\",\"shape\":[2]}} | lacks dtype, shape or two data_offsets",
        "{\"x\":7} | tensor x is no object",
        "[] | no object",
        "{\"x\":{\"dtype\":\"F32\" | not as the format says",
        "{} trailing | not as the format says",
        "{} | no tensors",
        "{\"a\":{\"dtype\":\"U8\",\"shape\":[4],\"data_offsets\":[0,4]},\"a\":{\"dtype\":\"U8\",\"shape\":[4],\"data_offsets\":[4,8]}} | Duplicate field 'a'",
        "{\"a\":{\"dtype\":\"U8\",\"shape\":[4],\"data_offsets\":[0,4]},\"b\":{\"dtype\":\"U8\",\"shape\":[4],\"data_offsets\":[3,7]}} | a and b lie over each other",
      })
  void aWrongHeaderIsNamed(String header, String cause) throws IOException {
    Path file = Safetensors.write(folder.resolve("bad.safetensors"), header, new byte[8]);

    assertThatThrownBy(() -> Checkpoint.open(file))
        .isInstanceOf(CapbenchException.class)
        .hasMessageContaining(file.toString())
        .hasMessageContaining(cause);
  }

  @ParameterizedTest
  @ValueSource(longs = {-1, 0, 1, 9, 200_000_000, Long.MAX_VALUE, Long.MIN_VALUE})
  void aHeaderThatClaimsASizeItCannotHaveIsRefused(long claimed) throws IOException {
    ByteBuffer bytes = ByteBuffer.allocate(16).order(ByteOrder.LITTLE_ENDIAN).putLong(claimed);
    Path file = Files.write(folder.resolve("claim.safetensors"), bytes.array());

    assertThatThrownBy(() -> Checkpoint.open(file))
        .isInstanceOf(CapbenchException.class)
        .hasMessageContaining("claims " + Long.toUnsignedString(claimed) + " bytes");
  }

  @Test
  void aFileThatIsCutOffAnywhereIsRefused() throws IOException {
    byte[] whole = Files.readAllBytes(floats(1, 2, 3));
    for (int length = 0; length < whole.length; length++) {
      Path file = Files.write(folder.resolve("cut.safetensors"), Arrays.copyOf(whole, length));

      assertThatThrownBy(() -> Checkpoint.open(file))
          .isInstanceOf(CapbenchException.class)
          .hasMessageContaining(file.toString())
          .hasMessageContaining("again");
    }
  }

  @Test
  void aFileThatShrinksLaterIsNoticed() throws IOException {
    Path file = floats(1, 2, 3);
    try (Checkpoint checkpoint = Checkpoint.open(file)) {
      Files.write(file, Arrays.copyOf(Files.readAllBytes(file), 20));

      assertThatThrownBy(() -> checkpoint.floats("x"))
          .isInstanceOf(CapbenchException.class)
          .hasMessageContaining("become shorter");
    }
  }

  @ParameterizedTest
  @CsvSource({
    "version https://git-lfs.github.com/spec/v1, git lfs pull",
    "GGUF0000000000, GGUF",
    "<!DOCTYPE html><html>, web page",
  })
  void whatIsNoWeightsIsCalledByItsName(String content, String said) throws IOException {
    Path file = Files.writeString(folder.resolve("model.safetensors"), content);

    assertThatThrownBy(() -> Checkpoint.open(file))
        .isInstanceOf(CapbenchException.class)
        .hasMessageContaining(file.toString())
        .hasMessageContaining(said);
  }

  /** A file that is large but takes no room on the disk. */
  private static void writeSparse(Path file, String header, long offset, byte[] data)
      throws IOException {
    try (FileChannel out =
        FileChannel.open(
            file,
            StandardOpenOption.CREATE_NEW,
            StandardOpenOption.WRITE,
            StandardOpenOption.SPARSE)) {
      ByteBuffer head = ByteBuffer.allocate(8).order(ByteOrder.LITTLE_ENDIAN);
      out.write(head.putLong(header.length()).flip());
      out.write(ByteBuffer.wrap(header.getBytes(StandardCharsets.UTF_8)));
      out.write(ByteBuffer.wrap(data), 8 + header.length() + offset);
    }
  }

  private Path floats(float... numbers) throws IOException {
    ByteBuffer data = ByteBuffer.allocate(4 * numbers.length).order(ByteOrder.LITTLE_ENDIAN);
    for (float number : numbers) {
      data.putFloat(number);
    }
    String header =
        "{" + Safetensors.tensor("x", "F32", "[" + numbers.length + "]", 0, data.capacity()) + "}";
    header += " ".repeat((8 - header.length() % 8) % 8);
    return Safetensors.write(folder.resolve("f.safetensors"), header, data.array());
  }

  private static float[] array(ByteBuffer floats) {
    float[] array = new float[floats.remaining() / 4];
    floats.asFloatBuffer().get(array);
    return array;
  }
}
