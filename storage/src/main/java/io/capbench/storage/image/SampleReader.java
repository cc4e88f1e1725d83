package io.capbench.storage.image;

import io.capbench.storage.image.ImageSamples.Kind;
import java.awt.color.ColorSpace;
import java.awt.image.BufferedImage;
import java.awt.image.ComponentSampleModel;
import java.awt.image.DataBuffer;
import java.awt.image.DataBufferByte;
import java.awt.image.IndexColorModel;
import java.awt.image.Raster;
import java.util.Optional;

/** Takes the channels out of Java's images, which come in many layouts, without changing them. */
final class SampleReader {
  private static final int BYTE_BITS = 8;
  private static final int SHORT_BITS = 16;
  private static final int[] NO_PALETTE = {};

  private SampleReader() {}

  /**
   * Reads all pixels.
   *
   * @param image not used afterwards: its memory may become the result's
   * @param kind what its channels are
   */
  static ImageSamples samples(BufferedImage image, Kind kind) {
    if (image.isAlphaPremultiplied()) {
      image.coerceData(false);
    }
    if (image.getColorModel() instanceof IndexColorModel colours) {
      return indexed(image, colours, kind);
    }
    return keepsItsValues(image, kind)
        ? new ImageSamples(
            values(image.getRaster(), kind.channels()),
            kind,
            NO_PALETTE,
            image.getWidth(),
            image.getHeight())
        : converted(image);
  }

  private static ImageSamples indexed(BufferedImage image, IndexColorModel colours, Kind kind) {
    byte[] values = numbers(image.getRaster());
    int[] palette = new int[256];
    for (int i = 0; i < Math.min(palette.length, colours.getMapSize()); i++) {
      palette[i] = colours.getRGB(i) & 0xffffff;
    }
    if (kind == Kind.PALETTE) {
      return new ImageSamples(values, kind, palette, image.getWidth(), image.getHeight());
    }
    for (int i = 0; i < values.length; i++) {
      values[i] = (byte) palette[values[i] & 0xff];
    }
    return new ImageSamples(values, kind, NO_PALETTE, image.getWidth(), image.getHeight());
  }

  /** Whether the values are the colours themselves, and not for example those of CIE L*a*b*. */
  private static boolean keepsItsValues(BufferedImage image, Kind kind) {
    int type = image.getRaster().getTransferType();
    boolean packed = image.getSampleModel().getNumDataElements() == 1;
    int space = image.getColorModel().getColorSpace().getType();
    return image.getRaster().getNumBands() >= kind.channels()
        && (type == DataBuffer.TYPE_BYTE
            || type == DataBuffer.TYPE_USHORT
            || (type == DataBuffer.TYPE_INT && packed))
        && (space == ColorSpace.TYPE_RGB
            || space == ColorSpace.TYPE_GRAY
            || space == ColorSpace.TYPE_CMYK);
  }

  private static byte[] values(Raster raster, int channels) {
    Optional<byte[]> stored = stored(raster, channels);
    if (stored.isPresent()) {
      return stored.get();
    }
    int width = raster.getWidth();
    int bands = raster.getNumBands();
    int[] bits = raster.getSampleModel().getSampleSize();
    byte[] values = new byte[Math.multiplyExact(width * channels, raster.getHeight())];
    int[] row = new int[width * bands];
    int at = 0;
    for (int y = 0; y < raster.getHeight(); y++) {
      raster.getPixels(raster.getMinX(), raster.getMinY() + y, width, 1, row);
      for (int x = 0; x < width; x++) {
        for (int channel = 0; channel < channels; channel++) {
          values[at++] = (byte) eightBits(row[x * bands + channel], bits[channel]);
        }
      }
    }
    return values;
  }

  // Of 16 bits the upper ones, as Pillow takes them; fewer than 8 are spread evenly.
  private static int eightBits(int value, int bits) {
    if (bits == SHORT_BITS) {
      return value >> BYTE_BITS;
    }
    return bits >= BYTE_BITS ? value : value * 255 / ((1 << bits) - 1);
  }

  /** Numbers of palette colours, of any number of bits. */
  private static byte[] numbers(Raster raster) {
    Optional<byte[]> stored = stored(raster, 1);
    if (stored.isPresent()) {
      return stored.get();
    }
    int width = raster.getWidth();
    byte[] values = new byte[Math.multiplyExact(width, raster.getHeight())];
    int[] row = new int[width];
    for (int y = 0; y < raster.getHeight(); y++) {
      raster.getSamples(raster.getMinX(), raster.getMinY() + y, width, 1, 0, row);
      for (int x = 0; x < width; x++) {
        values[y * width + x] = (byte) row[x];
      }
    }
    return values;
  }

  /** The image's own memory, where it is laid out as is wanted or just the other way round. */
  private static Optional<byte[]> stored(Raster raster, int channels) {
    if (!(raster.getSampleModel() instanceof ComponentSampleModel model)
        || !(raster.getDataBuffer() instanceof DataBufferByte buffer)
        || model.getNumBands() != channels
        || model.getPixelStride() != channels
        || model.getScanlineStride() != channels * raster.getWidth()
        || buffer.getNumBanks() != 1
        || buffer.getSize() != channels * raster.getWidth() * raster.getHeight()) {
      return Optional.empty();
    }
    byte[] values = buffer.getData();
    int[] offsets = model.getBandOffsets();
    boolean inOrder = true;
    boolean reversed = true;
    for (int channel = 0; channel < channels; channel++) {
      inOrder &= offsets[channel] == channel;
      reversed &= offsets[channel] == channels - 1 - channel;
    }
    if (reversed && !inOrder) {
      reverse(values, channels);
    }
    return inOrder || reversed ? Optional.of(values) : Optional.empty();
  }

  private static void reverse(byte[] values, int channels) {
    for (int at = 0; at < values.length; at += channels) {
      for (int first = at, last = at + channels - 1; first < last; first++, last--) {
        byte value = values[first];
        values[first] = values[last];
        values[last] = value;
      }
    }
  }

  /** The colours as they are seen, for values that are none by themselves. */
  private static ImageSamples converted(BufferedImage image) {
    int width = image.getWidth();
    byte[] values = new byte[Math.multiplyExact(3 * width, image.getHeight())];
    int[] row = new int[width];
    int at = 0;
    for (int y = 0; y < image.getHeight(); y++) {
      image.getRGB(0, y, width, 1, row, 0, width);
      for (int rgb : row) {
        values[at++] = (byte) (rgb >> 16);
        values[at++] = (byte) (rgb >> 8);
        values[at++] = (byte) rgb;
      }
    }
    return new ImageSamples(values, Kind.RGB, NO_PALETTE, width, image.getHeight());
  }
}
