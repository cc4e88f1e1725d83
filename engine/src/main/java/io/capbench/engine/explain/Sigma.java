package io.capbench.engine.explain;

import io.capbench.storage.model.CapbenchException;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * The threshold of DreamLIP's grouping, on similarities from 0 to 1: patches below it count
 * nothing.
 *
 * @param value 0 or more and below 1, or null for one part in P, where P is the number of patches:
 *     what the released code takes for a negative {@code sgl_delta}. Its class has 0.1 by default
 *     and its command line 0.0.
 */
public record Sigma(@Nullable Float value) {
  /** One part in P. */
  public static final Sigma ONE_OF_PATCHES = new Sigma(null);

  private static final String ONE_OF_PATCHES_ID = "1/P";

  public Sigma {
    if (value != null && !(value >= 0 && value < 1)) {
      throw new IllegalArgumentException("Sigma is 0 or more and below 1, not " + value);
    }
  }

  /**
   * The threshold of a text.
   *
   * @param id "1/P", "null" for the same, or a number
   * @throws CapbenchException if it is none of them
   */
  public static Sigma of(String id) {
    String text = id.strip().toLowerCase(Locale.ROOT);
    if (text.equals("1/p") || text.equals("null")) {
      return ONE_OF_PATCHES;
    }
    try {
      return new Sigma(Float.valueOf(text));
    } catch (IllegalArgumentException e) {
      throw new CapbenchException(
          "Sigma is a number from 0 to below 1, or 1/P for one part in the number of patches, not \""
              + id
              + "\".",
          e);
    }
  }

  /** What {@link #of} reads. */
  public String id() {
    return value == null ? ONE_OF_PATCHES_ID : value.toString();
  }

  /**
   * The number that it is.
   *
   * @param patches P
   */
  public float threshold(int patches) {
    return value == null ? (float) (1.0 / patches) : value;
  }
}
