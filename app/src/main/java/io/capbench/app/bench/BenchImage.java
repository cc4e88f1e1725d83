package io.capbench.app.bench;

import io.capbench.storage.image.ImageBytes;
import io.capbench.storage.image.ImageException;
import io.capbench.storage.image.ImageInspector;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Random;
import javax.imageio.ImageIO;

/** Made-up photos: JPEG of 512 x 512 pixels, smooth with some grain. */
final class BenchImage {
  private static final int SIDE = 512;
  private static final int GRAIN = 24;

  private BenchImage() {}

  /**
   * A photo.
   *
   * @param number the same number gives the same photo
   */
  static ImageBytes encoded(int number) {
    Random random = new Random(number);
    double speed = 0.01 + random.nextDouble() / 20;
    BufferedImage image = new BufferedImage(SIDE, SIDE, BufferedImage.TYPE_INT_RGB);
    for (int y = 0; y < SIDE; y++) {
      for (int x = 0; x < SIDE; x++) {
        int red = wave(x * speed, random);
        int green = wave(y * speed, random);
        int blue = wave((x + y) * speed, random);
        image.setRGB(x, y, red << 16 | green << 8 | blue);
      }
    }
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try {
      ImageIO.write(image, "jpg", bytes);
      return new ImageInspector().inspect(bytes.toByteArray(), "The image of the benchmark");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (ImageException e) {
      throw new IllegalStateException("Java writes JPEG that is none", e);
    }
  }

  private static int wave(double at, Random random) {
    return (int) (116 + 100 * Math.sin(at)) + random.nextInt(GRAIN);
  }
}
