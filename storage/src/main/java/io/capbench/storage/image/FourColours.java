package io.capbench.storage.image;

import io.capbench.storage.image.ImageSamples.Kind;
import java.awt.image.BufferedImage;
import java.awt.image.Raster;

/**
 * JPEGs for print, in CMYK or YCCK, as colours of a screen, without their colour profile: the hues
 * are near, not true. Adobe's programs write the four inks inverted.
 */
final class FourColours {
  private static final int HALF = 1 << 15;

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

  // As libjpeg does it in fixed point: the three are what is left of white, so they are inverted.
  private static void fromYcc(int[] row, int at) {
    int y = row[at];
    int cb = row[at + 1] - 128;
    int cr = row[at + 2] - 128;
    row[at] = 255 - clamp(y + ((91_881 * cr + HALF) >> 16));
    row[at + 1] = 255 - clamp(y + ((-22_554 * cb - 46_802 * cr + HALF) >> 16));
    row[at + 2] = 255 - clamp(y + ((116_130 * cb + HALF) >> 16));
  }

  private static int clamp(int value) {
    return Math.max(0, Math.min(255, value));
  }
}
