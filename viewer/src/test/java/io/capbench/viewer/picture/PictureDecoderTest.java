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
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class PictureDecoderTest {
  private static final ImageRef REF = new ImageRef.Url("http://example.org/a");

  @BeforeAll
  static void startJavaFx() {
    FxThread.start();
  }

  @ParameterizedTest
  @EnumSource
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
  void damagedBytesAreMissingWithASentence() {
    byte[] bytes = SampleShards.encoded("png", 60, 40);
    Arrays.fill(bytes, 40, bytes.length, (byte) 0);
    Picture.Missing missing = (Picture.Missing) decode(bytes, Format.PNG, 60, 40, 100);
    assertThat(missing.reason()).isEqualTo(Reason.NOT_AN_IMAGE);
    assertThat(missing.message()).contains("damaged").contains("PNG");
  }

  @ParameterizedTest
  @EnumSource
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
