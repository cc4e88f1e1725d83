package io.capbench.app.doctor;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * What one check found.
 *
 * @param name what was checked, in a word or two
 * @param state how it stands
 * @param value what was found
 * @param remedy what to do about it, or null if nothing has to be done
 */
public record Finding(String name, State state, String value, @Nullable String remedy) {

  /** How a thing stands. */
  public enum State {
    OK,
    /** Something does not work or may not; the rest does. */
    WARN,
    /** Capbench does not work. */
    PROBLEM;

    /** The word for it in JSON and on the terminal. */
    public String id() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  static Finding ok(String name, String value) {
    return new Finding(name, State.OK, value, null);
  }

  static Finding warn(String name, String value, String remedy) {
    return new Finding(name, State.WARN, value, remedy);
  }

  static Finding problem(String name, String value, String remedy) {
    return new Finding(name, State.PROBLEM, value, remedy);
  }
}
