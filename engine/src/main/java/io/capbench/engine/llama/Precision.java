package io.capbench.engine.llama;

import io.capbench.storage.model.CapbenchException;
import java.util.Arrays;
import java.util.Locale;

/** What a model computes in. */
public enum Precision {
  /** In the type that its weights are stored in; needs no memory besides their file. */
  STORED,

  /** In single precision. */
  F32,

  /** In bfloat16. */
  BF16,

  /**
   * The layers' weights as bytes with a scale for each row, everything else in bfloat16: half the
   * memory of bfloat16.
   */
  INT8;

  /** The name on the command line and in settings. */
  public String id() {
    return name().toLowerCase(Locale.ROOT);
  }

  /**
   * The precision of a name.
   *
   * @throws CapbenchException if there is none of that name
   */
  public static Precision of(String id) {
    return Arrays.stream(values())
        .filter(precision -> precision.id().equals(id.strip().toLowerCase(Locale.ROOT)))
        .findFirst()
        .orElseThrow(
            () ->
                new CapbenchException(
                    "There is no precision \"" + id + "\". Choose stored, f32, bf16 or int8."));
  }
}
