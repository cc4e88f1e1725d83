#!/usr/bin/env bash
# JavaFX 21.0.12 (javafx-graphics): a JPEG of which half is missing is an image without an error.
#
# Image.isError() is what tells that a picture could not be decoded. It is true for a PNG, GIF or BMP
# that was cut off, and false for a JPEG: isError() false, getException() null, getProgress() 1, the full
# size, and the part that is missing is grey (808080). Only the logger says something. Java's own ImageIO
# does the same, but can tell a listener of the reader; JavaFX has none.
. "$(dirname "$0")/common.sh"

packages_of_javafx

program << 'JAVA'
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import javafx.application.Platform;
import javafx.scene.image.Image;
import javax.imageio.ImageIO;

class Finding {
  private static final int SIDE = 128;

  public static void main(String[] args) throws Exception {
    Platform.startup(() -> {});
    BufferedImage drawn = new BufferedImage(SIDE, SIDE, BufferedImage.TYPE_INT_RGB);
    for (int y = 0; y < SIDE; y++) {
      for (int x = 0; x < SIDE; x++) {
        drawn.setRGB(x, y, x << 17 | y << 9 | (x * y) % 200);
      }
    }
    for (String format : new String[] {"png", "gif", "bmp", "jpg"}) {
      ByteArrayOutputStream bytes = new ByteArrayOutputStream();
      ImageIO.write(drawn, format, bytes);
      byte[] half = Arrays.copyOf(bytes.toByteArray(), bytes.size() / 2);
      Image image = new Image(new ByteArrayInputStream(half));
      System.out.print("half a " + format + ": isError " + image.isError());
      if (image.isError()) {
        System.out.println();
      } else {
        int last = image.getPixelReader().getArgb(SIDE - 1, SIDE - 1);
        System.out.println(
            ", exception "
                + image.getException()
                + ", progress "
                + image.getProgress()
                + ", height "
                + image.getHeight()
                + ", last pixel "
                + Integer.toHexString(last));
      }
    }
    Platform.exit();
  }
}
JAVA

seen << 'SEEN'
half a png: isError true
half a gif: isError true
half a bmp: isError true
half a jpg: isError false, exception null, progress 1.0, height 128.0, last pixel ff808080
SEEN
