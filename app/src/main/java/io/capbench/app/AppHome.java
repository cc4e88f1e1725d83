package io.capbench.app;

import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.CodeSource;
import org.jspecify.annotations.Nullable;

/**
 * Where Capbench itself is installed: the folder with the launch script and the samples.
 *
 * @param folder that folder
 */
public record AppHome(Path folder) {
  /** System property by which the launch scripts say where it is. */
  static final String PROPERTY = "capbench.home";

  private static final Path SAMPLE = Path.of("samples", "sample-world", "sample-world.parquet");
  private static final Path MODELS = Path.of("samples", "models");

  /**
   * The home that the launch script named, else the nearest folder above the program with samples.
   */
  public static AppHome find() {
    String named = System.getProperty(PROPERTY);
    if (named != null) {
      return new AppHome(Path.of(named).toAbsolutePath().normalize());
    }
    for (Path folder = program(); folder != null; folder = folder.getParent()) {
      if (Files.exists(folder.resolve(SAMPLE))) {
        return new AppHome(folder);
      }
    }
    return new AppHome(Path.of("").toAbsolutePath());
  }

  /** The bundled sample; the file may be missing from a damaged installation. */
  public Path sample() {
    return folder.resolve(SAMPLE);
  }

  /** The demonstration model for grounding, or null if it is not there. */
  public @Nullable Path sampleClip() {
    return model("sample-clip");
  }

  /** The demonstration model for fusing, or null if it is not there. */
  public @Nullable Path sampleFuser() {
    return model("sample-fuser");
  }

  private @Nullable Path model(String name) {
    Path model = folder.resolve(MODELS).resolve(name);
    return Files.isDirectory(model) ? model : null;
  }

  private static @Nullable Path program() {
    CodeSource source = AppHome.class.getProtectionDomain().getCodeSource();
    if (source == null) {
      return null;
    }
    try {
      URI place = source.getLocation().toURI();
      return Path.of(place).toAbsolutePath();
    } catch (URISyntaxException e) {
      return null;
    }
  }
}
