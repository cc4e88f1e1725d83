package io.capbench.storage.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.assertj.core.api.Assertions.within;

import io.capbench.storage.image.ImageBytes.Format;
import io.capbench.storage.image.ImageException.Reason;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.awt.image.IndexColorModel;
import java.awt.image.Raster;
import java.awt.image.WritableRaster;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Random;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageWriter;
import javax.imageio.stream.ImageOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

final class PixelDecoderTest {
  private static final int RED = 0xffd02010;
  private static final int BLUE = 0xff1020d0;

  private final PixelDecoder decoder = new PixelDecoder();

  @ParameterizedTest
  @EnumSource(Format.class)
  void everyEncodingIsDecodedInItsSize(Format format) throws Exception {
    Pixels pixels = decode(Pictures.encoded(format.extension(), 60, 40), 100);
    assertThat(pixels.width()).isEqualTo(60);
    assertThat(pixels.height()).isEqualTo(40);
    assertColour(pixels, 30, 20, 0xffffc800);
  }

  @ParameterizedTest
  @EnumSource(Format.class)
  void aLargeImageIsDecodedSmall(Format format) throws Exception {
    Pixels pixels = decode(Pictures.encoded(format.extension(), 1001, 501), 90);
    assertThat(pixels.width()).isEqualTo(90);
    assertThat(pixels.height()).isEqualTo(45);
    assertColour(pixels, 45, 22, 0xffffc800);
  }

  @ParameterizedTest
  @CsvSource({
    "1, red, blue, 40, 20", "2, blue, red, 40, 20", "3, blue, red, 40, 20",
    "4, red, blue, 40, 20", "5, red, blue, 20, 40", "6, red, blue, 20, 40",
    "7, blue, red, 20, 40", "8, blue, red, 20, 40"
  })
  void aPhotoStandsUpright(int orientation, String first, String last, int width, int height)
      throws Exception {
    Pixels pixels = decode(withExif(write(halves(40, 20), "jpg"), orientation), 100);
    assertThat(pixels.width()).isEqualTo(width);
    assertThat(pixels.height()).isEqualTo(height);
    assertColour(pixels, 3, 3, first.equals("red") ? RED : BLUE);
    assertColour(pixels, width - 4, height - 4, last.equals("red") ? RED : BLUE);
  }

  @Test
  void turningIsTheWayExifMeansIt() {
    Pixels stored = new Pixels(new int[] {1, 2, 3, 4, 5, 6}, 3, 2);
    assertThat(new Orientation(2).apply(stored).argb()).containsExactly(3, 2, 1, 6, 5, 4);
    assertThat(new Orientation(3).apply(stored).argb()).containsExactly(6, 5, 4, 3, 2, 1);
    assertThat(new Orientation(4).apply(stored).argb()).containsExactly(4, 5, 6, 1, 2, 3);
    assertThat(new Orientation(5).apply(stored).argb()).containsExactly(1, 4, 2, 5, 3, 6);
    assertThat(new Orientation(6).apply(stored).argb()).containsExactly(4, 1, 5, 2, 6, 3);
    assertThat(new Orientation(7).apply(stored).argb()).containsExactly(6, 3, 5, 2, 4, 1);
    assertThat(new Orientation(8).apply(stored).argb()).containsExactly(3, 6, 2, 5, 1, 4);
    assertThat(new Orientation(1).apply(stored)).isSameAs(stored);
  }

  @ParameterizedTest
  @CsvSource({"0", "9", "65535"})
  void anOrientationThatIsNoneIsIgnored(int orientation) throws Exception {
    byte[] jpeg = withExif(write(halves(40, 20), "jpg"), orientation);
    assertThat(decode(jpeg, 100).width()).isEqualTo(40);
  }

  @Test
  void aJpegForPrintHasItsColours() throws Exception {
    // Without Adobe's mark the inks are as they are: full cyan and no other is light blue.
    Pixels pixels = decode(cmyk(new int[] {255, 0, 0, 0}, -1), 100);
    assertThat(PixelDecoder.forPrint(inspected(cmyk(new int[] {255, 0, 0, 0}, -1)))).isTrue();
    assertColour(pixels, 8, 8, 0xff00ffff);
    // With it they are inverted.
    assertColour(decode(cmyk(new int[] {0, 255, 255, 255}, 0), 100), 8, 8, 0xff00ffff);
    // YCCK: grey in the middle, without black.
    assertColour(decode(cmyk(new int[] {128, 128, 128, 255}, 2), 100), 8, 8, 0xff7f7f7f);
    // Brightness is that of the inverted inks, so none of it is bare paper.
    assertColour(decode(cmyk(new int[] {0, 128, 128, 255}, 2), 100), 8, 8, 0xffffffff);
  }

  @Test
  void sixteenBitsAColourAreShownWithEight() throws Exception {
    WritableRaster raster = Raster.createInterleavedRaster(1, 16, 8, 1, null);
    for (int x = 0; x < 16; x++) {
      for (int y = 0; y < 8; y++) {
        raster.setSample(x, y, 0, x < 8 ? 0 : 65535);
      }
    }
    BufferedImage grey = new BufferedImage(16, 8, BufferedImage.TYPE_USHORT_GRAY);
    grey.setData(raster);
    for (String extension : new String[] {"png", "tiff"}) {
      Pixels pixels = decode(write(grey, extension), 100);
      assertColour(pixels, 2, 2, 0xff000000);
      assertColour(pixels, 13, 2, 0xffffffff);
    }
  }

  @Test
  void aPaletteWithATransparentColourStaysTransparent() throws Exception {
    byte[] alpha = {0, (byte) 255};
    byte[] colour = {(byte) 200, (byte) 100};
    IndexColorModel palette = new IndexColorModel(1, 2, colour, colour, colour, alpha);
    BufferedImage image = new BufferedImage(16, 8, BufferedImage.TYPE_BYTE_BINARY, palette);
    for (int x = 8; x < 16; x++) {
      for (int y = 0; y < 8; y++) {
        image.getRaster().setSample(x, y, 0, 1);
      }
    }
    Pixels pixels = decode(write(image, "png"), 100);
    assertThat(pixels.argb()[2] >>> 24).isZero();
    assertColour(pixels, 12, 4, 0xff646464);
  }

  @Test
  void ofAnAnimationTheFirstFrameIsShown() throws Exception {
    Pixels pixels = decode(gif(colour(20, 10, RED), colour(20, 10, BLUE)), 100);
    assertThat(pixels.width()).isEqualTo(20);
    assertColour(pixels, 10, 5, RED);
  }

  @Test
  void aFrameThatIsSmallerThanItsScreenStandsOnIt() throws Exception {
    byte[] gif = gif(colour(20, 10, RED));
    ByteBuffer.wrap(gif).order(ByteOrder.LITTLE_ENDIAN).putShort(6, (short) 30);
    Pixels pixels = decode(gif, 100);
    assertThat(pixels.width()).isEqualTo(30);
    assertColour(pixels, 10, 5, RED);
    assertThat(pixels.argb()[25] >>> 24).isZero();
  }

  @Test
  void transparencyOfWebpStays() throws Exception {
    assertThat(decode(Pictures.webp(7, 5, 0x40102030), 100).argb()[0]).isEqualTo(0x40102030);
  }

  @Test
  void aWebpThatWouldTakeTooMuchMemoryIsTooLarge() throws Exception {
    ImageBytes huge = inspected(Pictures.webp(10_000, 9_000, RED));
    assertThatThrownBy(() -> decoder.decode(huge, 100))
        .isInstanceOf(ImageException.class)
        .hasMessageContaining("10000 x 9000")
        .extracting("reason")
        .isEqualTo(Reason.TOO_LARGE);
  }

  @ParameterizedTest
  @EnumSource(Format.class)
  void damagedDataHaveATypedReason(Format format) {
    byte[] whole = Pictures.encoded(format.extension(), 24, 18);
    Random random = new Random(42);
    for (int round = 0; round < 300; round++) {
      byte[] bytes = whole.clone();
      for (int flip = 0; flip < 1 + round % 4; flip++) {
        bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
      }
      try {
        Pixels pixels = decode(bytes, round % 2 == 0 ? 100 : 10);
        assertThat(pixels.argb()).hasSize(pixels.width() * pixels.height());
      } catch (ImageException e) {
        assertThat(e.reason()).isIn(Reason.NOT_AN_IMAGE, Reason.TOO_LARGE);
      }
    }
  }

  @Test
  void pixelsThatDoNotDecodeAreSaid() {
    byte[] png = Pictures.encoded("png", 60, 40);
    Arrays.fill(png, 45, png.length - 16, (byte) 0);
    ImageBytes image = new ImageBytes(png, Format.PNG, 60, 40);
    ImageException failure =
        catchThrowableOfType(ImageException.class, () -> decoder.decode(image, 100));
    assertThat(failure).hasMessageContaining("damaged").hasMessageContaining("PNG");
  }

  private Pixels decode(byte[] bytes, int longest) throws ImageException {
    return decoder.decode(inspected(bytes), longest);
  }

  private static ImageBytes inspected(byte[] bytes) throws ImageException {
    return new ImageInspector().inspect(bytes, "a.img");
  }

  private static void assertColour(Pixels pixels, int x, int y, int expected) {
    int actual = pixels.argb()[y * pixels.width() + x];
    for (int shift = 0; shift <= 24; shift += 8) {
      assertThat(actual >> shift & 0xff)
          .as("%08x at %d, %d of %d x %d", actual, x, y, pixels.width(), pixels.height())
          .isCloseTo(expected >> shift & 0xff, within(12));
    }
  }

  private static BufferedImage colour(int width, int height, int argb) {
    BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
    Graphics2D graphics = image.createGraphics();
    graphics.setColor(new Color(argb));
    graphics.fillRect(0, 0, width, height);
    graphics.dispose();
    return image;
  }

  /** Red on the left and blue on the right. */
  private static BufferedImage halves(int width, int height) {
    BufferedImage image = colour(width, height, RED);
    Graphics2D graphics = image.createGraphics();
    graphics.setColor(new Color(BLUE));
    graphics.fillRect(width / 2, 0, width, height);
    graphics.dispose();
    return image;
  }

  private static byte[] write(BufferedImage image, String extension) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    assertThat(ImageIO.write(image, extension, out)).isTrue();
    return out.toByteArray();
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }

  private static byte[] withExif(byte[] jpeg, int orientation) {
    ByteBuffer exif = ByteBuffer.allocate(36);
    exif.putShort((short) 0xffe1).putShort((short) 34).put(ascii("Exif\0\0")).put(ascii("MM\0*"));
    exif.putInt(8).putShort((short) 1).putShort((short) 0x0112).putShort((short) 3).putInt(1);
    exif.putShort((short) orientation).putShort((short) 0).putInt(0);
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.write(jpeg, 0, 2);
    out.write(exif.array(), 0, 36);
    out.write(jpeg, 2, jpeg.length - 2);
    return out.toByteArray();
  }

  private static byte[] cmyk(int[] inks, int adobeTransform) throws IOException {
    WritableRaster raster = Raster.createInterleavedRaster(0, 16, 16, 4, null);
    for (int y = 0; y < 16; y++) {
      for (int x = 0; x < 16; x++) {
        raster.setPixel(x, y, inks);
      }
    }
    ImageWriter writer = ImageIO.getImageWritersByFormatName("jpeg").next();
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (ImageOutputStream stream = ImageIO.createImageOutputStream(out)) {
      writer.setOutput(stream);
      writer.write(new IIOImage(raster, null, null));
    } finally {
      writer.dispose();
    }
    byte[] jpeg = out.toByteArray();
    if (adobeTransform < 0) {
      return jpeg;
    }
    ByteBuffer adobe = ByteBuffer.allocate(16);
    adobe.putShort((short) 0xffee).putShort((short) 14).put(ascii("Adobe"));
    adobe.putShort((short) 100).putInt(0).put((byte) adobeTransform);
    ByteArrayOutputStream marked = new ByteArrayOutputStream();
    marked.write(jpeg, 0, 2);
    marked.write(adobe.array(), 0, 16);
    marked.write(jpeg, 2, jpeg.length - 2);
    return marked.toByteArray();
  }

  private static byte[] gif(BufferedImage... frames) throws IOException {
    ImageWriter writer = ImageIO.getImageWritersByFormatName("gif").next();
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (ImageOutputStream stream = ImageIO.createImageOutputStream(out)) {
      writer.setOutput(stream);
      writer.prepareWriteSequence(null);
      for (BufferedImage frame : frames) {
        writer.writeToSequence(new IIOImage(frame, null, null), null);
      }
      writer.endWriteSequence();
    } finally {
      writer.dispose();
    }
    return out.toByteArray();
  }
}
