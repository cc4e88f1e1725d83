package io.capbench.storage.image;

import io.capbench.storage.image.ImageSamples.Kind;
import java.awt.image.BufferedImage;
import java.awt.image.IndexColorModel;
import java.io.IOException;
import java.util.Arrays;
import javax.imageio.IIOException;
import javax.imageio.ImageReader;
import javax.imageio.metadata.IIOMetadata;
import org.w3c.dom.Element;
import org.w3c.dom.Node;
import org.w3c.dom.NodeList;

/** The screen of a GIF, which its first frame may fill in part. */
final class GifScreen {
  private static final String METADATA = "javax_imageio_gif_image_1.0";

  private GifScreen() {}

  /**
   * Left edge (attribute imageLeftPosition) or upper edge (imageTopPosition) of the first frame.
   */
  static int position(ImageReader reader, String attribute) throws IOException {
    IIOMetadata metadata = reader.getImageMetadata(0);
    Node root = metadata.getAsTree(METADATA);
    NodeList children = root.getChildNodes();
    for (int i = 0; i < children.getLength(); i++) {
      if (children.item(i) instanceof Element element
          && element.getNodeName().equals("ImageDescriptor")) {
        return Integer.parseInt(element.getAttribute(attribute));
      }
    }
    throw new IIOException("A GIF frame without a place");
  }

  /**
   * The first frame where it belongs. Around it is the transparent colour of the palette, or else
   * the first, as Pillow has it.
   */
  static ImageSamples place(
      ImageSamples frame, BufferedImage decoded, ImageReader reader, ImageBytes image, int step)
      throws IOException {
    int width = Math.max(1, image.width() / step);
    int height = Math.max(1, image.height() / step);
    if (frame.width() >= width && frame.height() >= height) {
      return frame;
    }
    int left = position(reader, "imageLeftPosition") / step;
    int top = position(reader, "imageTopPosition") / step;
    byte[] screen = new byte[Math.multiplyExact(width, height)];
    if (decoded.getColorModel() instanceof IndexColorModel colours
        && frame.kind() == Kind.PALETTE) {
      Arrays.fill(screen, (byte) Math.max(0, colours.getTransparentPixel()));
    }
    int columns = Math.min(frame.width(), width - left);
    for (int y = 0; y < frame.height() && top + y < height && columns > 0; y++) {
      System.arraycopy(
          frame.values(), y * frame.width(), screen, (top + y) * width + left, columns);
    }
    return new ImageSamples(screen, frame.kind(), frame.palette(), width, height);
  }
}
