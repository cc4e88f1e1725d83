package io.capbench.engine.explain;

/**
 * The patches of an image and the part of the image that they cover. The region is in fractions of
 * the upright image's width and height, from its upper left corner: a model that crops the centre
 * does not see the rest, one that pads sees more than the image (then the region goes beyond 0..1).
 *
 * @param rows patches from top to bottom
 * @param columns patches from left to right
 * @param left left edge of the region
 * @param top upper edge of the region
 * @param width width of the region
 * @param height height of the region
 */
public record PatchGrid(
    int rows, int columns, double left, double top, double width, double height) {

  /** P, the number of patches. */
  public int patches() {
    return rows * columns;
  }
}
