package io.capbench.storage.image;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/**
 * How an image has to be turned to stand upright: cameras write down how they were held and leave
 * the pixels as they are (EXIF tag 0x0112; its values are 1 to 8).
 *
 * @param value 1 for upright; 2 to 4 mirrored or upside down; 5 to 8 on its side
 */
public record Orientation(int value) {
  /** As it stands. */
  public static final Orientation UPRIGHT = new Orientation(1);

  private static final int TAG = 0x0112;
  private static final int ENTRY = 12;
  private static final int MOST_ENTRIES = 1_000;
  private static final byte[] EXIF = "Exif\0\0".getBytes(StandardCharsets.ISO_8859_1);

  public Orientation {
    if (value < 1 || value > 8) {
      throw new IllegalArgumentException("An orientation is 1 to 8, not " + value);
    }
  }

  /** What the image says; upright if it says nothing that makes sense. */
  public static Orientation of(ImageBytes image) {
    byte[] bytes = image.bytes();
    try {
      return switch (image.format()) {
        case JPEG -> ofJpeg(bytes);
        case TIFF -> ofTiff(ByteBuffer.wrap(bytes));
        case WEBP -> ofWebp(bytes);
        case PNG, GIF, BMP -> UPRIGHT;
      };
    } catch (IndexOutOfBoundsException | IllegalArgumentException e) {
      return UPRIGHT; // damaged metadata must not hide a picture
    }
  }

  private static Orientation ofJpeg(byte[] bytes) {
    for (JpegSegments.Segment segment : JpegSegments.of(bytes)) {
      if (segment.marker() == JpegSegments.APP1 && segment.startsWith(bytes, EXIF)) {
        int at = segment.offset() + EXIF.length;
        return ofTiff(ByteBuffer.wrap(bytes, at, segment.length() - EXIF.length).slice());
      }
    }
    return UPRIGHT;
  }

  private static Orientation ofWebp(byte[] bytes) {
    ByteBuffer buffer = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    long at = 12;
    while (at + 8 <= bytes.length) {
      long length = buffer.getInt((int) at + 4) & 0xffffffffL;
      String name = new String(bytes, (int) at, 4, StandardCharsets.ISO_8859_1);
      if (name.equals("EXIF")) {
        int from = (int) at + 8;
        int skip = JpegSegments.startsWith(bytes, from, EXIF) ? EXIF.length : 0;
        return ofTiff(ByteBuffer.wrap(bytes, from + skip, (int) length - skip).slice());
      }
      at += 8 + length + (length & 1);
    }
    return UPRIGHT;
  }

  /** Reads the first directory of a TIFF file, which is what EXIF is. */
  private static Orientation ofTiff(ByteBuffer tiff) {
    tiff.order(tiff.get(0) == 'I' ? ByteOrder.LITTLE_ENDIAN : ByteOrder.BIG_ENDIAN);
    int directory = tiff.getInt(4);
    int entries = Math.min(tiff.getShort(directory) & 0xffff, MOST_ENTRIES);
    for (int i = 0; i < entries; i++) {
      int entry = directory + 2 + i * ENTRY;
      if ((tiff.getShort(entry) & 0xffff) == TAG) {
        return new Orientation(tiff.getShort(entry + 8) & 0xffff);
      }
    }
    return UPRIGHT;
  }

  /** Whether width and height change places. */
  public boolean onItsSide() {
    return value >= 5;
  }

  /** The pixels as they stand upright. */
  public Pixels apply(Pixels pixels) {
    if (value == 1) {
      return pixels;
    }
    int width = onItsSide() ? pixels.height() : pixels.width();
    int height = onItsSide() ? pixels.width() : pixels.height();
    int[] turned = new int[pixels.argb().length];
    for (int y = 0; y < height; y++) {
      for (int x = 0; x < width; x++) {
        turned[y * width + x] = pixels.argb()[source(pixels.width(), pixels.height(), x, y)];
      }
    }
    return new Pixels(turned, width, height);
  }

  /** The samples as they stand upright. */
  ImageSamples apply(ImageSamples samples) {
    if (value == 1) {
      return samples;
    }
    int width = onItsSide() ? samples.height() : samples.width();
    int height = onItsSide() ? samples.width() : samples.height();
    int channels = samples.kind().channels();
    byte[] turned = new byte[samples.values().length];
    int at = 0;
    for (int y = 0; y < height; y++) {
      for (int x = 0; x < width; x++) {
        int from = channels * source(samples.width(), samples.height(), x, y);
        for (int channel = 0; channel < channels; channel++) {
          turned[at++] = samples.values()[from + channel];
        }
      }
    }
    return new ImageSamples(turned, samples.kind(), samples.palette(), width, height);
  }

  private int source(int width, int height, int x, int y) {
    int right = width - 1;
    int bottom = height - 1;
    int column =
        switch (value) {
          case 2, 3 -> right - x;
          case 5, 6 -> y;
          case 7, 8 -> right - y;
          default -> x;
        };
    int row =
        switch (value) {
          case 3, 4 -> bottom - y;
          case 5, 8 -> x;
          case 6, 7 -> bottom - x;
          default -> y;
        };
    return row * width + column;
  }
}
