package io.capbench.engine.fusion;

import io.capbench.storage.model.CapbenchException;
import java.util.Map;

/**
 * The key that a server wants. It leaves this object only for the header of a request: neither
 * {@link #toString} nor any message has it.
 */
public final class ApiKey {
  private static final String HIDDEN = "[key]";

  private final String key;

  private ApiKey(String key) {
    this.key = key;
  }

  /**
   * Reads a key from an environment variable, the only place that keys are taken from.
   *
   * @param variable its name
   * @param environment such as {@link System#getenv()}
   * @throws CapbenchException if there is no such variable, or no key in it
   */
  public static ApiKey from(String variable, Map<String, String> environment) {
    String value = environment.getOrDefault(variable, "").strip();
    if (value.isEmpty()) {
      throw new CapbenchException(
          "The environment variable "
              + variable
              + " has no key in it. Set it before you start Capbench, for example with read -rs "
              + variable
              + " && export "
              + variable
              + ".");
    }
    if (!value.chars().allMatch(c -> c > ' ' && c < 0x7F)) {
      throw new CapbenchException(
          "The environment variable "
              + variable
              + " holds characters that no key has, such as spaces. Set it anew.");
    }
    return new ApiKey(value);
  }

  /** The value of the header Authorization. */
  String header() {
    return "Bearer " + key;
  }

  /** A text from outside without the key, should it have it. */
  String hideIn(String text) {
    return text.replace(key, HIDDEN);
  }

  @Override
  public String toString() {
    return HIDDEN;
  }
}
