package io.capbench.engine.pixels;

/**
 * The part of an image that a model sees, in fractions of the upright image's width and height from
 * its upper left corner. It lies within 0..1 where the image was cropped and beyond where it was
 * padded.
 *
 * @param left left edge
 * @param top upper edge
 * @param width of the region
 * @param height of the region
 */
public record ImageRegion(double left, double top, double width, double height) {
  /** The whole image and nothing beside it. */
  public static final ImageRegion WHOLE = new ImageRegion(0, 0, 1, 1);
}
