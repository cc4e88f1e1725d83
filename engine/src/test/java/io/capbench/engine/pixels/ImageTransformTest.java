package io.capbench.engine.pixels;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.capbench.storage.image.ImageBytes;
import io.capbench.storage.image.ImageException;
import io.capbench.storage.image.ImageException.Reason;
import io.capbench.storage.image.ImageInspector;
import io.capbench.storage.image.ImageSamples;
import io.capbench.storage.image.ImageSamples.Kind;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.util.List;
import java.util.Random;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

final class ImageTransformTest {
  private static final List<Double> ZERO = List.of(0.0, 0.0, 0.0);
  private static final List<Double> ONE = List.of(1.0, 1.0, 1.0);

  @Test
  void aSinglePixelFillsTheSquare() throws Exception {
    PixelTensor tensor =
        transform(8, ResizeMode.SHORTEST, 0).apply(samples(Kind.RGB, 1, 1, 10, 20, 30));

    assertThat(tensor.values()).hasSize(3 * 64);
    assertThat(tensor.values()).startsWith(10 / 255f).endsWith(30 / 255f);
    assertThat(tensor.values()[64]).isEqualTo(20 / 255f);
    assertThat(tensor.region()).isEqualTo(ImageRegion.WHOLE);
  }

  @ParameterizedTest
  @EnumSource(ResizeMode.class)
  void aStripIsPreparedInLittleMemory(ResizeMode mode) throws Exception {
    BufferedImage strip = new BufferedImage(20_000, 10, BufferedImage.TYPE_3BYTE_BGR);
    strip.setRGB(10_000, 5, 0xffffff);
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ImageIO.write(strip, "png", out);
    ImageBytes image = new ImageInspector().inspect(out.toByteArray(), "strip");

    PixelTensor tensor = transform(224, mode, 0).apply(image);

    assertThat(tensor.values()).hasSize(3 * 224 * 224);
    assertThat(tensor.values()).doesNotContain(Float.NaN);
  }

  @Test
  void aStripThatNoModelCanSeeIsRefused() {
    ImageSamples strip = new ImageSamples(new byte[1_000_000], Kind.GRAY, new int[0], 1, 1_000_000);

    assertThatThrownBy(() -> transform(224, ResizeMode.SHORTEST, 0).apply(strip))
        .isInstanceOfSatisfying(
            ImageException.class, e -> assertThat(e.reason()).isEqualTo(Reason.TOO_LARGE))
        .hasMessageContaining("1 x 1000000 pixels is too narrow");
    assertThatThrownBy(() -> transform(224, ResizeMode.SQUASH, 0).apply(strip))
        .isInstanceOf(ImageException.class);
  }

  @ParameterizedTest
  @CsvSource({
    "SHORTEST, 400, 200, 0.25, 0.0, 0.5, 1.0",
    "SHORTEST, 100, 400, 0.0, 0.375, 1.0, 0.25",
    "LONGEST, 400, 200, 0.0, -0.5, 1.0, 2.0",
    "SQUASH, 400, 200, 0.0, 0.0, 1.0, 1.0"
  })
  void theRegionSaysWhatTheModelSees(
      ResizeMode mode, int width, int height, double left, double top, double w, double h)
      throws Exception {
    PixelTensor tensor = transform(100, mode, 0).apply(noise(Kind.GRAY, width, height));

    assertThat(tensor.region()).isEqualTo(new ImageRegion(left, top, w, h));
  }

  @ParameterizedTest
  @EnumSource(Kind.class)
  void whatIsCutOutIsWhatTheWholeWouldHaveThere(Kind kind) throws Exception {
    ImageSamples image = noise(kind, 90, 41);
    PreprocessConfig config = config(30, ResizeMode.SHORTEST, 0);
    Window cut = Window.of(config, 90, 41);
    Window whole = new Window(cut.width(), cut.height(), 0, 0, 0, 0, 1_000);
    int channels = kind.channels();

    byte[] part = new Resampler(image, cut).resize(Interpolation.BICUBIC);
    byte[] all = new Resampler(image, whole).resize(Interpolation.BICUBIC);

    assertThat(cut.left()).isEqualTo(18);
    for (int y = 0; y < 30; y++) {
      for (int x = 0; x < 30 * channels; x++) {
        int there = (int) ((y * cut.width() + cut.left()) * channels + x);
        assertThat(part[y * 30 * channels + x]).isEqualTo(all[there]);
      }
    }
  }

  @Test
  void whatIsBesideTheImageIsFilledInItsOwnColours() throws Exception {
    ImageSamples gray = samples(Kind.GRAY, 2, 1, 255, 255);
    ImageSamples print = samples(Kind.CMYK, 2, 1, 0, 0, 0, 255, 0, 0, 0, 255);

    assertThat(transform(2, ResizeMode.LONGEST, 51).apply(gray).values())
        .startsWith(1, 1, 0.2f, 0.2f);
    // No ink is white, and all of the black one is black.
    assertThat(transform(2, ResizeMode.LONGEST, 0).apply(print).values()).startsWith(0, 0, 1, 1);
  }

  @Test
  void coloursAreNormalisedWithMeanAndDeviation() throws Exception {
    PreprocessConfig config =
        new PreprocessConfig(
            1,
            List.of(0.5, 0.25, 0.0),
            List.of(0.5, 0.25, 2.0),
            Interpolation.NEAREST,
            ResizeMode.SQUASH,
            0);

    assertThat(new ImageTransform(config).apply(samples(Kind.RGB, 1, 1, 255, 0, 255)).values())
        .containsExactly(1f, -1f, 0.5f);
    assertThat(new ImageTransform(config).config()).isEqualTo(config);
  }

  @Test
  void photosStandUprightBeforeTheyArePrepared() throws Exception {
    BufferedImage photo = new BufferedImage(32, 16, BufferedImage.TYPE_3BYTE_BGR);
    photo.createGraphics().fillRect(0, 0, 16, 16);
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ImageIO.write(photo, "jpg", out);
    byte[] turned = turnedRight(out.toByteArray());

    PixelTensor tensor =
        transform(16, ResizeMode.SQUASH, 0).apply(new ImageInspector().inspect(turned, "photo"));

    // White was on the left of what the camera stored, which is the top of the upright photo.
    assertThat(tensor.values()[8]).isGreaterThan(0.9f);
    assertThat(tensor.values()[15 * 16 + 8]).isLessThan(0.1f);
  }

  @Test
  void damagedImagesAreSaidToBeDamaged() {
    ImageBytes image = new ImageBytes(new byte[100], ImageBytes.Format.PNG, 10, 10);

    assertThatThrownBy(() -> transform(16, ResizeMode.SQUASH, 0).apply(image))
        .isInstanceOf(ImageException.class)
        .hasMessageContaining("damaged");
  }

  private static ImageTransform transform(int size, ResizeMode mode, int fill) {
    return new ImageTransform(config(size, mode, fill));
  }

  private static PreprocessConfig config(int size, ResizeMode mode, int fill) {
    return new PreprocessConfig(size, ZERO, ONE, Interpolation.BICUBIC, mode, fill);
  }

  private static ImageSamples samples(Kind kind, int width, int height, int... values) {
    byte[] bytes = new byte[values.length];
    for (int i = 0; i < values.length; i++) {
      bytes[i] = (byte) values[i];
    }
    return new ImageSamples(bytes, kind, new int[0], width, height);
  }

  private static ImageSamples noise(Kind kind, int width, int height) {
    byte[] values = new byte[width * height * kind.channels()];
    new Random(3).nextBytes(values);
    return new ImageSamples(values, kind, new int[256], width, height);
  }

  // EXIF's orientation 6: the camera was turned, so the image has to be turned right.
  private static byte[] turnedRight(byte[] jpeg) {
    byte[] exif = {
      (byte) 0xff,
      (byte) 0xe1,
      0,
      34,
      'E',
      'x',
      'i',
      'f',
      0,
      0,
      'M',
      'M',
      0,
      42,
      0,
      0,
      0,
      8,
      0,
      1,
      1,
      0x12,
      0,
      3,
      0,
      0,
      0,
      1,
      0,
      6,
      0,
      0,
      0,
      0,
      0,
      0
    };
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.write(jpeg, 0, 2);
    out.write(exif, 0, exif.length);
    out.write(jpeg, 2, jpeg.length - 2);
    return out.toByteArray();
  }
}
