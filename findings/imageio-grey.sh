#!/usr/bin/env bash
# Java's ImageIO beside JavaFX 21.0.12: a grey picture has three brightnesses.
#
# Grey 81 is written and read again. The raster holds 81, and drawing the picture into an RGB picture
# gives 81, as JavaFX's decoder does. getRGB() of the same picture gives 153: it converts by the grey
# colour space of Java, which takes numbers for linear, and drawing does not. Where one part of a program
# reads pixels with getRGB() and another one draws, the same grey picture is seen lighter by the one.
. "$(dirname "$0")/common.sh"

packages_of_javafx

program << 'JAVA'
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import javafx.application.Platform;
import javafx.scene.image.Image;
import javax.imageio.ImageIO;

class Finding {
  public static void main(String[] args) throws Exception {
    Platform.startup(() -> {});
    BufferedImage grey = new BufferedImage(16, 16, BufferedImage.TYPE_BYTE_GRAY);
    for (int i = 0; i < 256; i++) {
      grey.getRaster().setSample(i % 16, i / 16, 0, 81);
    }
    for (String format : new String[] {"png", "jpg", "bmp"}) {
      ByteArrayOutputStream bytes = new ByteArrayOutputStream();
      ImageIO.write(grey, format, bytes);
      BufferedImage read = ImageIO.read(new ByteArrayInputStream(bytes.toByteArray()));
      BufferedImage drawn = new BufferedImage(16, 16, BufferedImage.TYPE_INT_RGB);
      Graphics2D graphics = drawn.createGraphics();
      graphics.drawImage(read, 0, 0, null);
      graphics.dispose();
      Image image = new Image(new ByteArrayInputStream(bytes.toByteArray()));
      System.out.println(
          format
              + ": raster "
              + read.getRaster().getSample(8, 8, 0)
              + ", getRGB "
              + (read.getRGB(8, 8) & 0xff)
              + ", drawn "
              + (drawn.getRGB(8, 8) & 0xff)
              + ", JavaFX "
              + (image.getPixelReader().getArgb(8, 8) & 0xff));
    }
    Platform.exit();
  }
}
JAVA

seen << 'SEEN'
png: raster 81, getRGB 153, drawn 81, JavaFX 81
jpg: raster 81, getRGB 153, drawn 81, JavaFX 81
bmp: raster 81, getRGB 153, drawn 81, JavaFX 81
SEEN
