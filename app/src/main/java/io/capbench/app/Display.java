package io.capbench.app;

import java.util.Map;
import java.util.function.BooleanSupplier;

/**
 * Whether a window can be shown here, and if not, why.
 *
 * @param state what was found
 * @param message a sentence with the remedy; empty if a window can be shown
 */
public record Display(State state, String message) {
  private static final String GTK = "libgtk-3.so.0";

  /** What can be found. */
  public enum State {
    USABLE,
    NO_DISPLAY,
    NO_GTK
  }

  /** Looks at this machine. */
  public static Display find() {
    return find(System.getenv(), System.getProperty("os.name", ""), () -> SystemLibraries.has(GTK));
  }

  static Display find(Map<String, String> environment, String system, BooleanSupplier gtk) {
    if (!system.startsWith("Linux")) {
      return new Display(State.USABLE, "");
    }
    if (environment.getOrDefault("DISPLAY", "").isBlank()) {
      String wayland =
          environment.containsKey("WAYLAND_DISPLAY")
              ? " This Wayland session offers no X11: start Xwayland."
              : "";
      return new Display(
          State.NO_DISPLAY, "There is no display here: DISPLAY is not set." + wayland);
    }
    if (!gtk.getAsBoolean()) {
      return new Display(
          State.NO_GTK,
          "The window needs GTK 3, and "
              + GTK
              + " is not installed. Debian and Ubuntu: sudo apt-get install libgtk-3-0;"
              + " Fedora: sudo dnf install gtk3; Arch: sudo pacman -S gtk3.");
    }
    return new Display(State.USABLE, "");
  }
}
