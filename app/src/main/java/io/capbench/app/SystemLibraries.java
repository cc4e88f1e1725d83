package io.capbench.app;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Shared libraries of Linux that JavaFX needs and that do not come with it. */
public final class SystemLibraries {
  /** Lays out text, in windows and in pictures of them. It needs FreeType and fontconfig too. */
  public static final String PANGO = "libpangoft2-1.0.so.0";

  /** How to get {@link #PANGO}, and what it needs. */
  public static final String PANGO_REMEDY =
      "Debian and Ubuntu: sudo apt-get install libpangoft2-1.0-0 fontconfig fonts-dejavu-core;"
          + " Fedora: sudo dnf install pango; Arch: sudo pacman -S pango.";

  private static final Logger LOG = LoggerFactory.getLogger(SystemLibraries.class);
  private static final List<String> FOLDERS =
      List.of("/usr/lib", "/usr/lib64", "/lib", "/lib64", "/usr/local/lib");

  private SystemLibraries() {}

  /** Whether this is Linux and {@link #PANGO} cannot be found. */
  public static boolean lackPango() {
    return System.getProperty("os.name", "").startsWith("Linux") && !has(PANGO);
  }

  /**
   * Whether a library is installed where the system looks for it; nothing is loaded.
   *
   * @param name its file name, with the version
   */
  public static boolean has(String name) {
    for (String folder : FOLDERS) {
      if (Files.exists(Path.of(folder, name))
          || Files.exists(Path.of(folder, System.getProperty("os.arch", "") + "-linux-gnu", name))
          || Files.exists(Path.of(folder, "x86_64-linux-gnu", name))
          || Files.exists(Path.of(folder, "aarch64-linux-gnu", name))) {
        return true;
      }
    }
    return inLoaderCache(name);
  }

  private static boolean inLoaderCache(String name) {
    for (String program : List.of("/sbin/ldconfig", "/usr/sbin/ldconfig", "ldconfig")) {
      try {
        Process process = new ProcessBuilder(program, "-p").redirectErrorStream(true).start();
        String listing =
            new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return listing.contains(name);
      } catch (IOException e) {
        LOG.debug("No {} here", program, e);
      }
    }
    return false;
  }
}
