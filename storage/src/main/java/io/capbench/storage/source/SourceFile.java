package io.capbench.storage.source;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * A file that makes up a dataset, found but not yet looked into.
 *
 * @param path the file that the person named, or one in the folder that he named
 * @param kind how to read it
 * @param images the folder or the zip with the images that it lists by name, or null
 * @param problem null, or a sentence that says why it cannot be opened
 */
public record SourceFile(Path path, Kind kind, @Nullable Path images, @Nullable String problem) {

  /** How a file is read. */
  public enum Kind {
    PARQUET,
    JSON,
    CSV,
    /** A WebDataset tar. */
    TAR,
    /** A folder with image files. */
    IMAGES
  }
}
