package io.capbench.app.doctor;

import com.sun.javafx.runtime.VersionInfo;
import io.capbench.app.Display;
import io.capbench.app.SystemLibraries;
import io.capbench.resources.Resource;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import javafx.application.Application;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What the window needs.
 *
 * @param display whether there is one
 */
record WindowChecks(Display display) {
  private static final Logger LOG = LoggerFactory.getLogger(WindowChecks.class);
  private static final List<String> NATIVES =
      List.of("/libglassgtk3.so", "/libglass.dylib", "/glass.dll");
  private static final String ANOTHER_BUILD =
      "Build Capbench on this machine, or get the build for its system.";

  List<Finding> examine() {
    List<Finding> findings = new ArrayList<>();
    findings.add(javaFx());
    findings.add(displayFinding());
    findings.add(fonts());
    return findings;
  }

  private static Finding javaFx() {
    try {
      String version = VersionInfo.getRuntimeVersion();
      String wanted = System.mapLibraryName("glass");
      boolean natives =
          NATIVES.stream()
              .filter(name -> name.endsWith(wanted.substring(wanted.lastIndexOf('.'))))
              .anyMatch(name -> Application.class.getResource(name) != null);
      return natives
          ? Finding.ok("JavaFX", version)
          : Finding.problem(
              "JavaFX", version + ", but its libraries are for another system", ANOTHER_BUILD);
    } catch (LinkageError e) {
      LOG.warn("JavaFX is not whole", e);
      return Finding.problem("JavaFX", "its classes are missing: " + e.getMessage(), ANOTHER_BUILD);
    }
  }

  private Finding displayFinding() {
    return switch (display.state()) {
      case USABLE -> Finding.ok("display", "a window can be shown");
      case NO_DISPLAY ->
          Finding.warn(
              "display",
              "none",
              display.message() + " Every command but open works; capbench tour shows the window.");
      case NO_GTK -> Finding.warn("display", "GTK is missing", display.message());
    };
  }

  private static Finding fonts() {
    try {
      Resource.url("fonts/Inter-Regular.otf");
    } catch (IllegalArgumentException e) {
      LOG.warn("A bundled font is missing", e);
      return Finding.problem("fonts", "the window's own font is missing", "Get Capbench again.");
    }
    if (!System.getProperty("os.name", "").startsWith("Linux")) {
      return Finding.ok("fonts", "the window's own, and the system's");
    }
    if (SystemLibraries.lackPango()) {
      return Finding.problem(
          "fonts",
          "Pango is missing (" + SystemLibraries.PANGO + "): neither window nor tour can be drawn",
          SystemLibraries.PANGO_REMEDY);
    }
    try {
      return fonts(list("zh"), list("ar"));
    } catch (IOException e) {
      LOG.debug("No fc-list", e);
      return Finding.warn(
          "fonts",
          "fontconfig is missing",
          "Captions in other scripts than Latin may show as boxes. Debian and Ubuntu: sudo apt-get"
              + " install fontconfig fonts-noto fonts-noto-cjk.");
    }
  }

  /**
   * Judges fonts.
   *
   * @param chinese whether some font has Chinese characters
   * @param arabic whether some font has Arabic letters
   */
  static Finding fonts(boolean chinese, boolean arabic) {
    if (chinese && arabic) {
      return Finding.ok("fonts", "the window's own, and some for other scripts");
    }
    return Finding.warn(
        "fonts",
        "none for " + (chinese ? "Arabic" : arabic ? "Chinese" : "Chinese and Arabic"),
        "Captions in such scripts show as boxes. Debian and Ubuntu: sudo apt-get install fonts-noto"
            + " fonts-noto-cjk.");
  }

  private static boolean list(String language) throws IOException {
    Process process =
        new ProcessBuilder("fc-list", ":lang=" + language, "family")
            .redirectErrorStream(true)
            .start();
    return !new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).isBlank();
  }
}
