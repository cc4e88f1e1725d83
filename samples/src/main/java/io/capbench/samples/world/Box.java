package io.capbench.samples.world;

/** A rectangle in pixels; x to the right and y down from the picture's upper left corner. */
public record Box(int x, int y, int w, int h) {

  /** Area shared with the other box, in pixels. */
  public long overlap(Box other) {
    long across = Math.min(x + w, other.x + other.w) - (long) Math.max(x, other.x);
    long down = Math.min(y + h, other.y + other.h) - (long) Math.max(y, other.y);
    return Math.max(0, across) * Math.max(0, down);
  }

  /** Area in pixels. */
  public long area() {
    return (long) w * h;
  }

  /** The y of the lower edge. */
  public int bottom() {
    return y + h;
  }

  /** The middle's x. */
  public double centre() {
    return x + w / 2.0;
  }
}
