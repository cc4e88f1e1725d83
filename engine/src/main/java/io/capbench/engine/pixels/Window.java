package io.capbench.engine.pixels;

import io.capbench.storage.image.ImageException;
import io.capbench.storage.image.ImageException.Reason;

/**
 * Which part of a resized image goes into a model's square, and where: torchvision's Resize and
 * CenterCrop, and open_clip's ResizeKeepRatio and CenterCropOrPad.
 *
 * @param width of the whole resized image
 * @param height of the whole resized image
 * @param left the first column of it that is used
 * @param top the first row of it that is used
 * @param padLeft columns of the square that stay empty on the left
 * @param padTop rows of the square that stay empty at the top
 * @param size S, of the square
 */
record Window(long width, long height, long left, long top, int padLeft, int padTop, int size) {

  /** Pillow, which has all of the resized image in memory, gives up far below that. */
  private static final long LONGEST = 100_000_000L;

  /** Bytes between the two passes. */
  private static final double MOST_BYTES = 100e6;

  /**
   * Finds the window.
   *
   * @param width of the image
   * @param height of the image
   * @throws ImageException if the image is thousands of times longer than wide
   */
  static Window of(PreprocessConfig config, int width, int height) throws ImageException {
    int size = config.size();
    long newWidth = size;
    long newHeight = size;
    if (config.resizeMode() == ResizeMode.SHORTEST) {
      long shorter = Math.min(width, height);
      long longer = (long) ((double) ((long) size * Math.max(width, height)) / shorter);
      newWidth = width <= height ? size : longer;
      newHeight = width <= height ? longer : size;
    } else if (config.resizeMode() == ResizeMode.LONGEST) {
      double ratio = Math.max((double) height / size, (double) width / size);
      newWidth = Math.max(1, (long) Math.rint(width / ratio));
      newHeight = Math.max(1, (long) Math.rint(height / ratio));
    }
    double between =
        4.0 * Math.min(newWidth, size) * Math.min(height, rowsFor(size, newHeight, height));
    if (Math.max(newWidth, newHeight) > LONGEST || between > MOST_BYTES) {
      throw new ImageException(
          Reason.TOO_LARGE,
          "An image of " + width + " x " + height + " pixels is too narrow for a model to see");
    }
    return new Window(
        newWidth,
        newHeight,
        cropped(newWidth, size),
        cropped(newHeight, size),
        (int) padded(newWidth, size),
        (int) padded(newHeight, size),
        size);
  }

  /** About how many rows of the image the square is made of. */
  private static double rowsFor(int size, long newHeight, int height) {
    return (double) Math.min(size, newHeight) / newHeight * height + 10;
  }

  // As Python rounds: halves to the even neighbour.
  private static long cropped(long length, int size) {
    return length <= size ? 0 : (long) Math.rint((length - size) / 2.0);
  }

  private static long padded(long length, int size) {
    return length >= size ? 0 : (size - length) / 2;
  }

  /** How many columns of the resized image are used. */
  int columns() {
    return (int) Math.min(width, size);
  }

  /** How many rows of the resized image are used. */
  int rows() {
    return (int) Math.min(height, size);
  }

  /** The part of the image that is in the square. */
  ImageRegion region() {
    return new ImageRegion(
        (double) (left - padLeft) / width,
        (double) (top - padTop) / height,
        (double) size / width,
        (double) size / height);
  }
}
