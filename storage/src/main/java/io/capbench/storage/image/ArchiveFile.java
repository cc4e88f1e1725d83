package io.capbench.storage.image;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;

/**
 * A tar or zip as it was when it was opened.
 *
 * @param file where it is
 * @param modified when it had been changed last
 * @param length in bytes
 */
public record ArchiveFile(Path file, FileTime modified, long length) {

  /** Looks at a file. */
  public static ArchiveFile of(Path file) throws IOException {
    return new ArchiveFile(file, Files.getLastModifiedTime(file), Files.size(file));
  }

  /** Whether another file stands in its place now, in which members are elsewhere. */
  boolean changed() throws IOException {
    return !equals(of(file));
  }
}
