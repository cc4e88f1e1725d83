package io.capbench.storage.dataset;

import io.capbench.storage.model.CapbenchException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/**
 * Parquet copies of other files in the cache, because only parquet gives a page without reading
 * everything before it. A copy is named by the content of its source, so it is made once and an old
 * one is never taken for a changed source.
 */
final class ImportFolder {
  private final Path folder;

  /** A folder of that name in the cache, made when it is needed. */
  ImportFolder(Path cache, String name) {
    this.folder = cache.resolve(name);
  }

  /** Makes a copy. */
  interface Copying {
    /**
     * Writes the copy.
     *
     * @param scratch a folder that is removed afterwards
     * @param target the file to write
     */
    void write(Path scratch, Path target) throws IOException;
  }

  /**
   * The copy of a source. It appears complete or not at all.
   *
   * @param fingerprint of the source
   * @param version of what is made of such a source; changes when that changes
   * @throws CapbenchException if the source cannot be read or the cache not be written
   */
  Path once(Path source, String fingerprint, String version, Copying copying) {
    Path copy = folder.resolve(fingerprint + "-" + version + ".parquet");
    if (Files.exists(copy)) {
      return copy;
    }
    try (ScratchFolder scratch = new ScratchFolder(folder)) {
      Path unfinished = scratch.path().resolve("import.parquet");
      copying.write(scratch.path(), unfinished);
      Files.move(unfinished, copy, StandardCopyOption.ATOMIC_MOVE);
      return copy;
    } catch (IOException e) {
      throw new CapbenchException(
          source + " cannot be imported into " + folder + ": " + e + "; check both", e);
    }
  }
}
