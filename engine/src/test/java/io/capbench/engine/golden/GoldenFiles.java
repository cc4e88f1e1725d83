package io.capbench.engine.golden;

import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.Path;

/** Files that the original programs wrote; see golden/README.md in the test resources. */
public final class GoldenFiles {
  private GoldenFiles() {}

  /** A file or folder of "golden". */
  public static Path path(String name) {
    URL url = GoldenFiles.class.getResource("/golden/" + name);
    if (url == null) {
      throw new IllegalArgumentException("no golden file " + name);
    }
    try {
      return Path.of(url.toURI());
    } catch (URISyntaxException e) {
      throw new IllegalArgumentException(e);
    }
  }
}
