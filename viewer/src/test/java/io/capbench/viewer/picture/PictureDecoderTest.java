package io.capbench.viewer.picture;

import static org.assertj.core.api.Assertions.assertThat;

import io.capbench.storage.image.ImageBytes;
import io.capbench.storage.image.ImageBytes.Format;
import io.capbench.storage.image.ImageException;
import io.capbench.storage.image.ImageException.Reason;
import io.capbench.storage.image.ImageSource;
import io.capbench.storage.model.ImageRef;
import io.capbench.viewer.fixture.FxThread;
import io.capbench.viewer.fixture.SampleShards;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class PictureDecoderTest {
  /** A WebP of 60 x 40 pixels of one colour. */
  private static final byte[] WEBP =
      HexFormat.of()
          .parseHex("524946461a000000574542505650384c0d0000002f3bc009002872ff0bd0" + "ff020000");

  /** A JPEG segment that says: turn it by a quarter clockwise. */
  private static final String EXIF_6 =
      "ffe100224578696600004d4d002a00000008000101120003" + "000000010006000000000000";

  private static final ImageRef REF = new ImageRef.Url("http://example.org/a");

  @BeforeAll
  static void startJavaFx() {
    FxThread.start();
  }

  @ParameterizedTest
  @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "WEBP")
  void everyEncodingIsDecodedInItsSize(Format format) {
    Picture picture = decode(SampleShards.encoded(format.extension(), 60, 40), format, 60, 40, 100);
    Picture.Shown shown = (Picture.Shown) picture;
    assertThat(shown.image().getWidth()).isEqualTo(60);
    assertThat(shown.image().getHeight()).isEqualTo(40);
    assertThat(shown.width()).isEqualTo(60);
    assertThat(shown.height()).isEqualTo(40);
  }

  @Test
  void anImageThatIsTooLargeIsScaledAndItsSizeIsStillToldAsItIs() {
    Picture.Shown shown =
        (Picture.Shown) decode(SampleShards.encoded("png", 800, 400), Format.PNG, 800, 400, 200);
    assertThat(shown.image().getWidth()).isEqualTo(200);
    assertThat(shown.image().getHeight()).isEqualTo(100);
    assertThat(shown.width()).isEqualTo(800);
    assertThat(shown.height()).isEqualTo(400);
  }

  @Test
  void aTallImageIsScaledByItsHeight() {
    Picture.Shown shown =
        (Picture.Shown) decode(SampleShards.encoded("jpg", 100, 900), Format.JPEG, 100, 900, 90);
    assertThat(shown.image().getWidth()).isEqualTo(10);
    assertThat(shown.image().getHeight()).isEqualTo(90);
  }

  @Test
  void thePixelsAreThoseOfThePicture() {
    Picture.Shown shown =
        (Picture.Shown) decode(SampleShards.encoded("png", 40, 40), Format.PNG, 40, 40, 100);
    assertThat(shown.image().getPixelReader().getArgb(20, 20)).isEqualTo(0xffffc800);
    assertThat(shown.image().getPixelReader().getArgb(0, 0)).isEqualTo(0xff000000);
  }

  @Test
  void webpIsShown() {
    Picture.Shown shown = (Picture.Shown) decode(WEBP, Format.WEBP, 60, 40, 30);
    assertThat(shown.image().getWidth()).isEqualTo(30);
    assertThat(shown.image().getPixelReader().getArgb(10, 10)).isEqualTo(0xffffc800);
    assertThat(shown.width()).isEqualTo(60);
  }

  @ParameterizedTest
  @ValueSource(ints = {100, 20})
  void aPhotoOnItsSideStandsUpright(int longest) {
    byte[] jpeg = SampleShards.encoded("jpg", 80, 40);
    byte[] exif = HexFormat.of().parseHex(EXIF_6);
    byte[] photo = new byte[jpeg.length + exif.length];
    System.arraycopy(jpeg, 0, photo, 0, 2);
    System.arraycopy(exif, 0, photo, 2, exif.length);
    System.arraycopy(jpeg, 2, photo, 2 + exif.length, jpeg.length - 2);
    Picture.Shown shown = (Picture.Shown) decode(photo, Format.JPEG, 80, 40, longest);
    assertThat(shown.width()).isEqualTo(40);
    assertThat(shown.height()).isEqualTo(80);
    assertThat(shown.image().getHeight()).isEqualTo(2 * shown.image().getWidth());
  }

  @Test
  void ofSixteenBitsAndOfPalettesTheColoursCome() throws Exception {
    BufferedImage deep = new BufferedImage(8, 8, BufferedImage.TYPE_USHORT_GRAY);
    deep.getRaster().setSample(4, 4, 0, 65535);
    assertThat(shown(deep).image().getPixelReader().getArgb(4, 4)).isEqualTo(0xffffffff);
    BufferedImage palette = new BufferedImage(8, 8, BufferedImage.TYPE_BYTE_INDEXED);
    palette.setRGB(4, 4, 0xff00ff00);
    assertThat(shown(palette).image().getPixelReader().getArgb(4, 4)).isEqualTo(0xff00ff00);
    BufferedImage clear = new BufferedImage(8, 8, BufferedImage.TYPE_INT_ARGB);
    assertThat(shown(clear).image().getPixelReader().getArgb(4, 4) >>> 24).isZero();
  }

  @Test
  void anyNumberIsReadAtATime() throws Exception {
    // Readers meet each other: a limit on reading would leave them waiting for ever.
    CyclicBarrier together = new CyclicBarrier(6);
    byte[] bytes = SampleShards.encoded("png", 20, 20);
    PictureDecoder decoder =
        new PictureDecoder(
            ref -> {
              try {
                together.await();
              } catch (InterruptedException | BrokenBarrierException e) {
                throw new ImageException(Reason.UNREADABLE, "stopped", e);
              }
              return new ImageBytes(bytes, Format.PNG, 20, 20);
            });
    ExecutorService threads = Executors.newFixedThreadPool(6);
    try {
      List<Future<Picture>> pictures = new ArrayList<>();
      for (int i = 0; i < 6; i++) {
        pictures.add(threads.submit(() -> decoder.decode(REF, 10)));
      }
      for (Future<Picture> picture : pictures) {
        assertThat(picture.get()).isInstanceOf(Picture.Shown.class);
      }
    } finally {
      threads.shutdownNow();
    }
  }

  private static Picture.Shown shown(BufferedImage image) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ImageIO.write(image, "png", out);
    return (Picture.Shown)
        decode(out.toByteArray(), Format.PNG, image.getWidth(), image.getHeight(), 100);
  }

  @Test
  void damagedBytesAreMissingWithASentence() {
    byte[] bytes = SampleShards.encoded("png", 60, 40);
    Arrays.fill(bytes, 40, bytes.length, (byte) 0);
    Picture.Missing missing = (Picture.Missing) decode(bytes, Format.PNG, 60, 40, 100);
    assertThat(missing.reason()).isEqualTo(Reason.NOT_AN_IMAGE);
    assertThat(missing.message()).contains("damaged").contains("PNG");
  }

  @ParameterizedTest
  @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "WEBP")
  void bytesFlippedAnywhereNeverEscapeAsAnException(Format format) {
    byte[] whole = SampleShards.encoded(format.extension(), 24, 18);
    Random random = new Random(42);
    for (int round = 0; round < 300; round++) {
      byte[] bytes = whole.clone();
      for (int flip = 0; flip < 1 + round % 4; flip++) {
        bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
      }
      Picture picture = decode(bytes, format, 24, 18, round % 2 == 0 ? 100 : 10);
      assertThat(picture).isNotInstanceOf(Picture.Loading.class);
    }
  }

  @Test
  void aSourceThatRefusesGivesItsReason() {
    PictureDecoder decoder =
        new PictureDecoder(
            ref -> {
              throw new ImageException(Reason.TIMEOUT, "it did not come");
            });
    assertThat(decoder.decode(REF, 10))
        .isEqualTo(new Picture.Missing(Reason.TIMEOUT, "it did not come"));
  }

  private static Picture decode(byte[] bytes, Format format, int width, int height, int longest) {
    ImageSource source = ref -> new ImageBytes(bytes, format, width, height);
    return new PictureDecoder(source).decode(REF, longest);
  }
}
