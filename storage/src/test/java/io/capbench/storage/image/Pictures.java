package io.capbench.storage.image;

import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.BitSet;
import javax.imageio.ImageIO;

/** Small encoded images for tests. */
public final class Pictures {
  private Pictures() {}

  /**
   * A picture with some detail, encoded as jpg, png, gif, bmp, tiff or webp, the last in one
   * colour.
   */
  public static byte[] encoded(String extension, int width, int height) {
    if (extension.equals("webp")) {
      return webp(width, height, 0xffffc800);
    }
    BufferedImage picture = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
    Graphics2D graphics = picture.createGraphics();
    graphics.setColor(Color.ORANGE);
    graphics.fillOval(width / 4, height / 4, width / 2, height / 2);
    graphics.dispose();
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try {
      if (!ImageIO.write(picture, extension, out)) {
        throw new IllegalArgumentException("No writer for " + extension);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return out.toByteArray();
  }

  /** A lossless WebP of one colour, which takes no bit a pixel: its header is the whole image. */
  public static byte[] webp(int width, int height, int argb) {
    Bits bits = new Bits();
    bits.put(0x2f, 8);
    bits.put(width - 1, 14);
    bits.put(height - 1, 14);
    bits.put(argb >>> 24 == 0xff ? 0 : 1, 1);
    bits.put(0, 3); // version
    bits.put(0, 3); // no transform, no colour cache, one group of codes
    for (int symbol : new int[] {argb >> 8, argb >> 16, argb, argb >>> 24, 0}) {
      bits.put(0b101, 3); // a simple code with one symbol of eight bits
      bits.put(symbol & 0xff, 8);
    }
    byte[] stream = bits.bytes();
    int padded = stream.length + (stream.length & 1);
    ByteBuffer file = ByteBuffer.allocate(20 + padded).order(ByteOrder.LITTLE_ENDIAN);
    file.put("RIFF".getBytes(StandardCharsets.US_ASCII)).putInt(12 + padded);
    file.put("WEBPVP8L".getBytes(StandardCharsets.US_ASCII)).putInt(stream.length).put(stream);
    return file.array();
  }

  private static final class Bits {
    private final BitSet set = new BitSet();
    private int length;

    void put(int value, int count) {
      for (int i = 0; i < count; i++) {
        set.set(length++, (value >> i & 1) == 1);
      }
    }

    byte[] bytes() {
      return Arrays.copyOf(set.toByteArray(), (length + 7) / 8);
    }
  }
}
