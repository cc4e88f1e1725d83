package io.capbench.samples;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageWriteParam;
import javax.imageio.ImageWriter;
import javax.imageio.stream.ImageOutputStream;
import javax.imageio.stream.MemoryCacheImageOutputStream;

/** Encodes pictures. */
public final class Picture {
  private static final float QUALITY = 0.88f;

  private Picture() {}

  /** As JPEG or PNG, as the file name's ending says. */
  public static byte[] encode(BufferedImage picture, String path) {
    String format = path.substring(path.lastIndexOf('.') + 1);
    ImageWriter writer = ImageIO.getImageWritersBySuffix(format).next();
    ImageWriteParam settings = writer.getDefaultWriteParam();
    if (format.equals("jpg")) {
      settings.setCompressionMode(ImageWriteParam.MODE_EXPLICIT);
      settings.setCompressionQuality(QUALITY);
    }
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ImageOutputStream out = new MemoryCacheImageOutputStream(bytes)) {
      writer.setOutput(out);
      writer.write(null, new IIOImage(picture, null, null), settings);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } finally {
      writer.dispose();
    }
    return bytes.toByteArray();
  }
}
