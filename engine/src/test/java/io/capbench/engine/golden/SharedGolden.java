package io.capbench.engine.golden;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** Cases that cannot be part of this repository; they lie beside it on machines that have them. */
public final class SharedGolden {
  private SharedGolden() {}

  /** A file or folder among them, if it is there. */
  public static Optional<Path> find(String name) {
    for (Path at = Path.of("").toAbsolutePath(); at != null; at = at.getParent()) {
      for (String folder : new String[] {"shared/golden", "golden"}) {
        Path file = at.resolve(folder).resolve(name);
        if (Files.exists(file)) {
          return Optional.of(file);
        }
      }
    }
    return Optional.empty();
  }
}
