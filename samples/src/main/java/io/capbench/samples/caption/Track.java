package io.capbench.samples.caption;

import java.util.Locale;

/** The caption columns of the sample, in their order. */
public enum Track {
  LAION_2B,
  LAION_COCO,
  CAPSFUSION,
  LONG_CAPTION;

  /** The column's name. */
  public String column() {
    return name().toLowerCase(Locale.ROOT);
  }
}
