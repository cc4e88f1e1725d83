package io.capbench.viewer.ground;

import io.capbench.engine.explain.PatchGrid;
import io.capbench.engine.explain.PatchMap;

/**
 * A patch map as a field of numbers between 0 and 1 that has a value everywhere: those of the
 * patches stand in their middles, between them it is interpolated. Immutable.
 */
public final class HeatField {
  private final int rows;
  private final int columns;
  private final float[] values;
  private final float least;
  private final float most;

  /**
   * Spreads a map between its smallest and its largest number. One that is the same everywhere is 0
   * everywhere; numbers that are none count as the smallest.
   */
  public HeatField(PatchGrid grid, PatchMap map) {
    this.rows = grid.rows();
    this.columns = grid.columns();
    if (map.patches() != grid.patches()) {
      throw new IllegalArgumentException(
          map + " does not fit " + rows + " x " + columns + " patches");
    }
    float[] raw = map.toArray();
    float low = Float.POSITIVE_INFINITY;
    float high = Float.NEGATIVE_INFINITY;
    for (float value : raw) {
      if (Float.isFinite(value)) {
        low = Math.min(low, value);
        high = Math.max(high, value);
      }
    }
    least = low <= high ? low : 0;
    most = low <= high ? high : 0;
    float range = most - least;
    for (int i = 0; i < raw.length; i++) {
      raw[i] = range > 0 && Float.isFinite(raw[i]) ? (raw[i] - least) / range : 0;
    }
    values = raw;
  }

  /** Number of patches from top to bottom. */
  public int rows() {
    return rows;
  }

  /** Number of patches from left to right. */
  public int columns() {
    return columns;
  }

  /** The map's smallest number, which is 0 here. */
  public float least() {
    return least;
  }

  /** The map's largest number, which is 1 here. */
  public float most() {
    return most;
  }

  /** Whether all numbers of the map are the same, so that nothing stands out. */
  public boolean flat() {
    return !(most > least);
  }

  /**
   * The value at a place.
   *
   * @param x from 0, the left edge of the patches, to 1, the right one
   * @param y from 0, the upper edge, to 1, the lower one
   * @return 0 to 1
   */
  public float at(double x, double y) {
    double column = Math.max(0, Math.min(columns - 1, x * columns - 0.5));
    double row = Math.max(0, Math.min(rows - 1, y * rows - 0.5));
    int left = Math.min((int) column, Math.max(0, columns - 2));
    int top = Math.min((int) row, Math.max(0, rows - 2));
    int right = Math.min(left + 1, columns - 1);
    int bottom = Math.min(top + 1, rows - 1);
    double across = column - left;
    double down = row - top;
    double above = value(top, left) * (1 - across) + value(top, right) * across;
    double below = value(bottom, left) * (1 - across) + value(bottom, right) * across;
    return (float) (above * (1 - down) + below * down);
  }

  private float value(int row, int column) {
    return values[row * columns + column];
  }
}
