package io.capbench.storage.image;

import io.capbench.storage.image.ImageSamples.Kind;
import java.awt.image.BufferedImage;
import java.awt.image.Raster;

/**
 * JPEGs for print, in CMYK or YCCK, as colours of a screen, without their colour profile: the hues
 * are near, not true. Adobe's programs write the four inks inverted.
 */
final class FourColours {
  private FourColours() {}

  static BufferedImage toRgb(Raster raster, int adobeTransform) {
    boolean inverted = adobeTransform >= 0;
    int width = raster.getWidth();
    BufferedImage image = new BufferedImage(width, raster.getHeight(), BufferedImage.TYPE_INT_RGB);
    int[] row = new int[4 * width];
    int[] rgb = new int[width];
    for (int y = 0; y < raster.getHeight(); y++) {
      raster.getPixels(raster.getMinX(), raster.getMinY() + y, width, 1, row);
      for (int x = 0; x < width; x++) {
        if (adobeTransform == 2) {
          fromYcc(row, 4 * x);
        }
        int black = light(row[4 * x + 3], inverted);
        int red = light(row[4 * x], inverted) * black / 255;
        int green = light(row[4 * x + 1], inverted) * black / 255;
        int blue = light(row[4 * x + 2], inverted) * black / 255;
        rgb[x] = red << 16 | green << 8 | blue;
      }
      image.setRGB(0, y, width, 1, rgb, 0, width);
    }
    return image;
  }

  /**
   * The four inks, 0 for none to 255, of a JPEG that Adobe's programs or libjpeg wrote.
   *
   * @param adobeTransform 0 CMYK, 2 YCCK; -1 without Adobe
   */
  static ImageSamples inks(Raster raster, int adobeTransform) {
    int width = raster.getWidth();
    byte[] inks = new byte[Math.multiplyExact(4 * width, raster.getHeight())];
    int[] row = new int[4 * width];
    int at = 0;
    for (int y = 0; y < raster.getHeight(); y++) {
      raster.getPixels(raster.getMinX(), raster.getMinY() + y, width, 1, row);
      for (int x = 0; x < width; x++) {
        if (adobeTransform == 2) {
          fromYcc(row, 4 * x);
        }
      }
      for (int value : row) {
        inks[at++] = (byte) (255 - light(value, adobeTransform >= 0));
      }
    }
    return new ImageSamples(inks, Kind.CMYK, new int[0], width, raster.getHeight());
  }

  private static int light(int ink, boolean inverted) {
    return inverted ? ink : 255 - ink;
  }

  // JFIF's conversion, to three of the four inks in place.
  private static void fromYcc(int[] row, int at) {
    double y = row[at];
    double cb = row[at + 1] - 128.0;
    double cr = row[at + 2] - 128.0;
    row[at] = clamp(y + 1.402 * cr);
    row[at + 1] = clamp(y - 0.344136 * cb - 0.714136 * cr);
    row[at + 2] = clamp(y + 1.772 * cb);
  }

  private static int clamp(double value) {
    return (int) Math.max(0, Math.min(255, Math.round(value)));
  }
}
