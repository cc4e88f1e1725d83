package io.capbench.storage.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.capbench.storage.image.ImageBytes.Format;
import io.capbench.storage.image.ImageException.Reason;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

final class ImageInspectorTest {
  private final ImageInspector inspector = new ImageInspector();

  @ParameterizedTest
  @EnumSource(Format.class)
  void formatAndSizeComeFromTheHeader(Format format) throws Exception {
    byte[] bytes = Pictures.encoded(format.extension(), 40, 30);
    ImageBytes image = inspector.inspect(bytes, "a.img");
    assertThat(image.format()).isEqualTo(format);
    assertThat(image.width()).isEqualTo(40);
    assertThat(image.height()).isEqualTo(30);
    assertThat(image.bytes()).isSameAs(bytes);
  }

  @ParameterizedTest
  @ValueSource(strings = {"jpg", "png", "webp"})
  void anImageThatIsCutOffIsNoticed(String extension) {
    byte[] bytes = Pictures.encoded(extension, 64, 64);
    for (int missing : new int[] {5, 12, bytes.length / 4}) {
      assertThat(reason(Arrays.copyOf(bytes, bytes.length - missing)))
          .as("%d bytes missing", missing)
          .isEqualTo(Reason.NOT_AN_IMAGE);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"jpg", "png", "gif", "bmp", "webp", "tiff"})
  void bytesAfterTheEndAreTolerated(String extension) throws Exception {
    byte[] bytes = Pictures.encoded(extension, 8, 8);
    byte[] longer = Arrays.copyOf(bytes, bytes.length + 100);
    assertThat(inspector.inspect(longer, "a.img").width()).isEqualTo(8);
  }

  @ParameterizedTest
  @ValueSource(strings = {"jpg", "png", "gif", "bmp", "webp", "tiff"})
  void aHeaderAloneIsNoImage(String extension) {
    byte[] bytes = Pictures.encoded(extension, 8, 8);
    assertThat(reason(Arrays.copyOf(bytes, 12))).isEqualTo(Reason.NOT_AN_IMAGE);
  }

  @Test
  void theEndOfAThumbnailInAJpegSegmentDoesNotCount() {
    byte[] jpeg = Pictures.encoded("jpg", 32, 32);
    byte[] segment = {(byte) 0xff, (byte) 0xe1, 0, 6, (byte) 0xff, (byte) 0xd9, 0, 0};
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.write(jpeg, 0, 2);
    out.writeBytes(segment);
    out.write(jpeg, 2, jpeg.length - 2 - 20);
    assertThat(reason(out.toByteArray())).isEqualTo(Reason.NOT_AN_IMAGE);
  }

  @Test
  void morePixelsThanTheLimitAreRefusedWithoutDecoding() {
    byte[] png = Pictures.encoded("png", 8, 8);
    ByteBuffer.wrap(png).putInt(16, 20_000).putInt(20, 20_000);
    assertThatThrownBy(() -> inspector.inspect(png, "bomb.png"))
        .isInstanceOf(ImageException.class)
        .hasMessage("bomb.png has 20000 x 20000 pixels; the limit is 100 million")
        .extracting("reason")
        .isEqualTo(Reason.TOO_LARGE);
  }

  @Test
  void theScreenOfAGifCountsToo() {
    byte[] gif = Pictures.encoded("gif", 8, 8);
    Arrays.fill(gif, 6, 10, (byte) 0xff);
    assertThat(reason(gif)).isEqualTo(Reason.TOO_LARGE);
  }

  @Test
  void moreBytesThanTheLimitAreRefused() throws Exception {
    inspector.checkLength(ImageInspector.MAX_BYTES, "a.img");
    assertThatThrownBy(() -> inspector.checkLength(ImageInspector.MAX_BYTES + 1, "a.img"))
        .hasMessageContaining("the limit is 64 MiB");
    assertThat(reason(new byte[0])).isEqualTo(Reason.NOT_AN_IMAGE);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "0000ftypavif | an AVIF image",
        "0000ftypheic | a HEIF image",
        "<!DOCTYPE html><title>Gone | an HTML page",
        "<html><body>403 | an HTML page",
        "<?xml version='1.0'?><svg xmlns='x'> | an SVG drawing",
        "<?xml version='1.0'?><Error> | an XML document",
        "{\"error\": 404} | JSON",
        "not found | text",
        "%PDF-1.7 | a PDF document",
      })
  void otherBytesAreNamed(String head, String expected) {
    assertThatThrownBy(() -> inspector.inspect(head.getBytes(StandardCharsets.ISO_8859_1), "a.jpg"))
        .hasMessageStartingWith("a.jpg cannot be shown: it is " + expected)
        .hasMessageContaining("JPEG, PNG, GIF, BMP, WebP and TIFF");
  }

  @Test
  void unknownBytesAreShownInHex() {
    assertThatThrownBy(() -> inspector.inspect(new byte[] {0, 1, (byte) 0xfe}, "a.jpg"))
        .hasMessageContaining("begins with 00 01 fe");
  }

  @Test
  void aJpegOfEndlessScansIsRefused() {
    byte[] jpeg = Pictures.encoded("jpg", 16, 16);
    ByteBuffer many = ByteBuffer.allocate(jpeg.length + 600);
    many.put(jpeg, 0, jpeg.length - 2);
    for (int i = 0; i < 300; i++) {
      many.putShort((short) 0xffda);
    }
    many.putShort((short) 0xffd9);
    assertThat(reason(many.array())).isEqualTo(Reason.TOO_LARGE);
  }

  @Test
  void aGifFullOfCommentsIsRefusedBeforeItsReaderStalls() {
    byte[] gif = Pictures.encoded("gif", 16, 16);
    int at = 13 + (3 << ((gif[10] & 7) + 1)); // behind the global colours
    byte[] block = new byte[256];
    Arrays.fill(block, (byte) 0xff);
    ByteBuffer full = ByteBuffer.allocate(gif.length + 3 + 5_000 * block.length);
    full.put(gif, 0, at).put((byte) 0x21).put((byte) 0xfe);
    for (int i = 0; i < 5_000; i++) {
      full.put(block);
    }
    full.put((byte) 0).put(gif, at, gif.length - at);
    assertThat(reason(full.array())).isEqualTo(Reason.TOO_LARGE);
  }

  @ParameterizedTest
  @EnumSource(Format.class)
  void damageNeverEndsInAnythingButAnImageException(Format format) {
    byte[] whole = Pictures.encoded(format.extension(), 16, 16);
    Random random = new Random(7);
    for (int i = 0; i < 400; i++) {
      byte[] bytes = Arrays.copyOf(whole, 1 + random.nextInt(whole.length));
      for (int k = 0; k < 4; k++) {
        bytes[random.nextInt(bytes.length)] = (byte) random.nextInt();
      }
      try {
        ImageBytes image = inspector.inspect(bytes, "a.img");
        assertThat((long) image.width() * image.height()).isBetween(1L, ImageInspector.MAX_PIXELS);
      } catch (ImageException e) {
        assertThat(e).hasMessageContaining("a.img");
      }
    }
  }

  private Reason reason(byte[] bytes) {
    ImageException failure =
        catchThrowableOfType(ImageException.class, () -> inspector.inspect(bytes, "a.img"));
    assertThat(failure).isNotNull();
    return failure.reason();
  }
}
