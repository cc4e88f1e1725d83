package io.capbench.app;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Whether a window can be shown here, and if not, why.
 *
 * @param state what was found
 * @param message a sentence with the remedy; empty if a window can be shown
 */
public record Display(State state, String message) {
  private static final String GTK = "libgtk-3.so.0";
  private static final Logger LOG = LoggerFactory.getLogger(Display.class);
  private static final List<String> LIBRARIES =
      List.of("/usr/lib", "/usr/lib64", "/lib", "/lib64", "/usr/local/lib");

  /** What can be found. */
  public enum State {
    USABLE,
    NO_DISPLAY,
    NO_GTK
  }

  /** Looks at this machine. */
  public static Display find() {
    return find(System.getenv(), System.getProperty("os.name", ""), Display::hasGtk);
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

  private static boolean hasGtk() {
    for (String folder : LIBRARIES) {
      if (Files.exists(Path.of(folder, GTK))
          || Files.exists(Path.of(folder, System.getProperty("os.arch", "") + "-linux-gnu", GTK))
          || Files.exists(Path.of(folder, "x86_64-linux-gnu", GTK))
          || Files.exists(Path.of(folder, "aarch64-linux-gnu", GTK))) {
        return true;
      }
    }
    return inLoaderCache();
  }

  private static boolean inLoaderCache() {
    for (String program : List.of("/sbin/ldconfig", "/usr/sbin/ldconfig", "ldconfig")) {
      try {
        Process process = new ProcessBuilder(program, "-p").redirectErrorStream(true).start();
        String listing =
            new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return listing.contains(GTK);
      } catch (IOException e) {
        LOG.debug("No {} here", program, e);
      }
    }
    return false;
  }
}
