package io.capbench.storage.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.capbench.storage.image.ImageBytes.Format;
import io.capbench.storage.image.ImageException.Reason;
import io.capbench.storage.image.ImageSamples.Kind;
import java.awt.image.BufferedImage;
import java.awt.image.IndexColorModel;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

final class SampleDecoderTest {
  private static final byte[] TWO_COLOURS_RED = {0, (byte) 200};
  private static final byte[] TWO_COLOURS_REST = {0, 10};

  private final SampleDecoder decoder = new SampleDecoder();

  @ParameterizedTest
  @EnumSource(Format.class)
  void everyEncodingGivesEveryPixel(Format format) throws Exception {
    ImageSamples samples = decode(Pictures.encoded(format.extension(), 37, 21));

    assertThat(samples.width()).isEqualTo(37);
    assertThat(samples.height()).isEqualTo(21);
    assertThat(samples.values()).hasSize(37 * 21 * samples.kind().channels());
  }

  @ParameterizedTest
  @ValueSource(strings = {"png", "bmp", "tiff"})
  void coloursOfLosslessEncodingsAreThoseOfTheFile(String extension) throws Exception {
    BufferedImage image = new BufferedImage(5, 4, BufferedImage.TYPE_INT_RGB);
    image.setRGB(3, 2, 0x102030);

    ImageSamples samples = decode(PixelDecoderTest.write(image, extension));

    assertThat(samples.kind()).isEqualTo(Kind.RGB);
    assertThat(pixel(samples, 3, 2)).containsExactly(0x10, 0x20, 0x30);
    assertThat(pixel(samples, 2, 3)).containsExactly(0, 0, 0);
  }

  @Test
  void opacityStandsBesideColoursThatAreNotMultipliedWithIt() throws Exception {
    BufferedImage image = new BufferedImage(3, 3, BufferedImage.TYPE_INT_ARGB);
    image.setRGB(1, 1, 0x40fe8001);

    ImageSamples samples = decode(PixelDecoderTest.write(image, "png"));

    assertThat(samples.kind()).isEqualTo(Kind.RGBA);
    assertThat(pixel(samples, 1, 1)).containsExactly(0xfe, 0x80, 0x01, 0x40);
  }

  @Test
  void grayStaysGrayWithoutAnyCorrection() throws Exception {
    BufferedImage image = new BufferedImage(3, 2, BufferedImage.TYPE_BYTE_GRAY);
    image.getRaster().setSample(2, 1, 0, 100);
    for (String extension : new String[] {"png", "tiff"}) {
      ImageSamples samples = decode(PixelDecoderTest.write(image, extension));
      assertThat(samples.kind()).isEqualTo(Kind.GRAY);
      assertThat(pixel(samples, 2, 1)).containsExactly(100);
    }
  }

  @Test
  void ofSixteenBitsTheUpperOnesAreTaken() throws Exception {
    BufferedImage image = new BufferedImage(2, 2, BufferedImage.TYPE_USHORT_GRAY);
    image.getRaster().setSample(1, 0, 0, 0x64ff);

    assertThat(pixel(decode(PixelDecoderTest.write(image, "png")), 1, 0)).containsExactly(0x64);
  }

  @ParameterizedTest
  @CsvSource({"png, 4", "gif, 8", "png, 1"})
  void aPaletteIsNotResolved(String extension, int bits) throws Exception {
    IndexColorModel colours =
        new IndexColorModel(bits, 2, TWO_COLOURS_RED, TWO_COLOURS_REST, TWO_COLOURS_REST);
    BufferedImage image =
        new BufferedImage(
            6,
            5,
            bits == 8 ? BufferedImage.TYPE_BYTE_INDEXED : BufferedImage.TYPE_BYTE_BINARY,
            colours);
    image.getRaster().setSample(4, 3, 0, 1);

    ImageSamples samples = decode(PixelDecoderTest.write(image, extension));

    assertThat(samples.kind()).isEqualTo(Kind.PALETTE);
    assertThat(samples.palette()[pixel(samples, 4, 3)[0]]).isEqualTo(0xc80a0a);
    assertThat(samples.palette()[pixel(samples, 3, 4)[0]]).isEqualTo(0);
  }

  @Test
  void blackAndWhiteIsAKindOfItsOwn() throws Exception {
    BufferedImage image = new BufferedImage(9, 2, BufferedImage.TYPE_BYTE_BINARY);
    image.getRaster().setSample(8, 1, 0, 1);
    for (String extension : new String[] {"png", "bmp", "tiff"}) {
      ImageSamples samples = decode(PixelDecoderTest.write(image, extension));
      assertThat(samples.kind()).isEqualTo(Kind.BILEVEL);
      assertThat(pixel(samples, 8, 1)).containsExactly(255);
      assertThat(pixel(samples, 7, 1)).containsExactly(0);
    }
  }

  @Test
  void aJpegForPrintGivesItsInks() throws Exception {
    int[] inverted = {55, 255, 255, 205};

    ImageSamples samples = decode(PixelDecoderTest.cmyk(inverted, 0));

    assertThat(samples.kind()).isEqualTo(Kind.CMYK);
    assertThat(pixel(samples, 8, 8)).containsExactly(200, 0, 0, 50);
    // YCCK as libjpeg has it: the three inks are what JFIF's conversion gives.
    assertThat(pixel(decode(PixelDecoderTest.cmyk(new int[] {100, 128, 158, 255}, 2)), 8, 8))
        .containsExactly(142, 79, 100, 0);
  }

  @ParameterizedTest
  @CsvSource({"1, 40, 20, 0", "3, 40, 20, 39", "6, 20, 40, 0", "8, 20, 40, 39"})
  void aPhotoStandsUpright(int orientation, int width, int height, int redAt) throws Exception {
    byte[] photo = PixelDecoderTest.write(PixelDecoderTest.halves(40, 20), "jpg");

    ImageSamples samples = decode(PixelDecoderTest.withExif(photo, orientation));

    assertThat(samples.width()).isEqualTo(width);
    assertThat(samples.height()).isEqualTo(height);
    int[] red = orientation < 5 ? pixel(samples, redAt, 10) : pixel(samples, 10, redAt);
    assertThat(red[0]).isGreaterThan(200);
    assertThat(red[2]).isLessThan(60);
  }

  @Test
  void ofAnAnimationTheFirstFrameIsTaken() throws Exception {
    BufferedImage black = new BufferedImage(4, 4, BufferedImage.TYPE_BYTE_GRAY);
    BufferedImage white = new BufferedImage(4, 4, BufferedImage.TYPE_BYTE_GRAY);
    white.getRaster().setSample(0, 0, 0, 255);

    ImageSamples samples = decode(PixelDecoderTest.gif(black, white));

    assertThat(pixel(samples, 0, 0)).containsExactly(0);
  }

  @Test
  void aFrameThatIsSmallerThanItsScreenStandsOnIt() throws Exception {
    byte[] gif = Pictures.encoded("gif", 6, 6);
    gif[6] = 10;
    gif[8] = 9;

    ImageSamples samples = decode(gif);

    assertThat(samples.width()).isEqualTo(10);
    assertThat(samples.height()).isEqualTo(9);
    assertThat(samples.values()).hasSize(90);
  }

  @Test
  void anImageOfTooManyPixelsIsReadWithSomeLeftOut() {
    assertThat(SampleDecoder.step(new ImageBytes(new byte[0], Format.JPEG, 6_000, 6_000)))
        .isEqualTo(1);
    assertThat(SampleDecoder.step(new ImageBytes(new byte[0], Format.JPEG, 10_000, 10_000)))
        .isEqualTo(2);
    assertThatThrownBy(
            () -> decoder.decode(new ImageBytes(new byte[0], Format.WEBP, 10_000, 10_000)))
        .isInstanceOfSatisfying(
            ImageException.class, e -> assertThat(e.reason()).isEqualTo(Reason.TOO_LARGE));
  }

  @ParameterizedTest
  @EnumSource(Format.class)
  void damagedDataGiveAReasonOrAnImageButNothingElse(Format format) throws Exception {
    byte[] whole = Pictures.encoded(format.extension(), 40, 30);
    Random random = new Random(5);
    for (int i = 0; i < 100; i++) {
      byte[] damaged = whole.clone();
      for (int k = 0; k < 4; k++) {
        damaged[damaged.length / 3 + random.nextInt(damaged.length * 2 / 3)] =
            (byte) random.nextInt();
      }
      try {
        ImageSamples samples = decode(damaged);
        assertThat(samples.values())
            .hasSize(samples.width() * samples.height() * samples.kind().channels());
      } catch (ImageException e) {
        assertThat(e.getMessage()).isNotBlank();
      }
    }
  }

  private ImageSamples decode(byte[] bytes) throws ImageException {
    return decoder.decode(inspected(bytes));
  }

  private static ImageBytes inspected(byte[] bytes) throws ImageException {
    return new ImageInspector().inspect(bytes, "test");
  }

  private static int[] pixel(ImageSamples samples, int x, int y) {
    int channels = samples.kind().channels();
    int[] pixel = new int[channels];
    for (int i = 0; i < channels; i++) {
      pixel[i] = samples.values()[(y * samples.width() + x) * channels + i] & 0xff;
    }
    return pixel;
  }
}
