#!/usr/bin/env bash
# TwelveMonkeys 3.15.0 (imageio-webp) beside libwebp: colours at the edges of a lossy WebP differ.
#
# Lossy WebP has one value of colour for four pixels. libwebp, which browsers and Python's Pillow use,
# spreads it smoothly over the neighbours; the plain Java reader gives it to the four pixels as it is. At
# an edge between red and blue the same file differs by more than 40 of 255; a grey one differs by 2 at
# most, so that tests with grey do not see it. libwebp is the one in org.sejda.imageio:webp-imageio
# 0.1.6, which writes the file too.
. "$(dirname "$0")/common.sh"

classifier Linux-x86_64=x86 Darwin-x86_64=x86 > "$work/machine"
packages com.twelvemonkeys.imageio:imageio-webp:3.15.0 org.sejda.imageio:webp-imageio:0.1.6

program << 'JAVA'
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.util.Iterator;
import java.util.function.IntBinaryOperator;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.ImageWriteParam;
import javax.imageio.ImageWriter;
import javax.imageio.stream.ImageOutputStream;

class Finding {
  private static final int SIDE = 64;

  public static void main(String[] args) throws Exception {
    int stripes = compare((x, y) -> x / 5 % 2 == 0 ? 0xe02020 : 0x2030d0);
    int grey = compare((x, y) -> (x * 4 + y * 3) % 256 * 0x010101);
    System.out.println("stripes of red and blue: by " + (stripes > 40 ? "more than 40" : stripes));
    System.out.println("grey: by " + (grey <= 2 ? "2 at most" : grey));
  }

  /** The largest difference of a red, green or blue between the two decoders. */
  private static int compare(IntBinaryOperator colour) throws Exception {
    BufferedImage drawn = new BufferedImage(SIDE, SIDE, BufferedImage.TYPE_INT_RGB);
    for (int y = 0; y < SIDE; y++) {
      for (int x = 0; x < SIDE; x++) {
        drawn.setRGB(x, y, colour.applyAsInt(x, y));
      }
    }
    byte[] file = write(drawn);
    int[] plain = read(file, "com.twelvemonkeys");
    int[] libwebp = read(file, "com.luciad");
    int largest = 0;
    for (int i = 0; i < plain.length; i++) {
      for (int shift = 0; shift < 24; shift += 8) {
        int difference = (plain[i] >> shift & 0xff) - (libwebp[i] >> shift & 0xff);
        largest = Math.max(largest, Math.abs(difference));
      }
    }
    return largest;
  }

  private static byte[] write(BufferedImage image) throws Exception {
    ImageWriter writer = ImageIO.getImageWritersByFormatName("webp").next();
    ImageWriteParam lossy = writer.getDefaultWriteParam();
    lossy.setCompressionMode(ImageWriteParam.MODE_EXPLICIT);
    lossy.setCompressionType("Lossy");
    lossy.setCompressionQuality(0.9f);
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ImageOutputStream out = ImageIO.createImageOutputStream(bytes)) {
      writer.setOutput(out);
      writer.write(null, new IIOImage(image, null, null), lossy);
    }
    return bytes.toByteArray();
  }

  private static int[] read(byte[] file, String maker) throws Exception {
    Iterator<ImageReader> readers = ImageIO.getImageReadersByFormatName("webp");
    ImageReader reader = readers.next();
    while (!reader.getClass().getName().startsWith(maker)) {
      reader = readers.next();
    }
    reader.setInput(ImageIO.createImageInputStream(new ByteArrayInputStream(file)));
    return reader.read(0).getRGB(0, 0, SIDE, SIDE, null, 0, SIDE);
  }
}
JAVA

seen << 'SEEN'
stripes of red and blue: by more than 40
grey: by 2 at most
SEEN
