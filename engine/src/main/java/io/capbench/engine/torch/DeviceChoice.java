package io.capbench.engine.torch;

import io.capbench.storage.model.CapbenchException;
import java.util.Arrays;
import java.util.Locale;

/** Where a person wants a model to run. */
public enum DeviceChoice {
  /** On a GPU where there is one that works, else on the processor. */
  AUTO,

  /** On the processor. */
  CPU,

  /** On the first GPU; an error where there is none. */
  GPU;

  /** The name on the command line and in settings. */
  public String id() {
    return name().toLowerCase(Locale.ROOT);
  }

  /**
   * The choice of a name.
   *
   * @throws CapbenchException if there is none of that name
   */
  public static DeviceChoice of(String id) {
    return Arrays.stream(values())
        .filter(choice -> choice.id().equals(id.strip().toLowerCase(Locale.ROOT)))
        .findFirst()
        .orElseThrow(
            () ->
                new CapbenchException(
                    "There is no device \"" + id + "\". Choose auto, cpu or gpu."));
  }
}
