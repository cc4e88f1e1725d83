package io.capbench.engine.explain;

import java.util.Arrays;

/** [P] one number for every patch of an image, row-major. Immutable. */
public final class PatchMap {
  private final float[] values;

  private PatchMap(float[] values) {
    this.values = values;
  }

  /**
   * Keeps numbers.
   *
   * @param values [P], copied
   */
  public static PatchMap of(float... values) {
    return new PatchMap(values.clone());
  }

  /** P, the number of patches. */
  public int patches() {
    return values.length;
  }

  /**
   * One patch's number.
   *
   * @param patch row * columns + column, from 0
   */
  public float get(int patch) {
    return values[patch];
  }

  /** [P] a copy of the numbers. */
  public float[] toArray() {
    return values.clone();
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof PatchMap map && Arrays.equals(values, map.values);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(values);
  }

  @Override
  public String toString() {
    return "PatchMap of " + values.length + " patches";
  }
}
