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
  private final ImportCache cache;
  private final Path folder;
  private final Path scratch;

  /**
   * A folder in the cache, made when it is needed.
   *
   * @param kind its name
   * @param scratch the folder of the database that reads the copies, which knows which are in use
   */
  ImportFolder(Path cache, ImportCache.Kind kind, Path scratch) {
    this.cache = new ImportCache(cache);
    this.folder = cache.resolve(kind.id());
    this.scratch = scratch;
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
   * The copy of a source. It appears complete or not at all, and stays while the database is open.
   *
   * @param fingerprint of the source
   * @param version of what is made of such a source; changes when that changes
   * @throws CapbenchException if the source cannot be read or the cache not be written
   */
  Path once(Path source, String fingerprint, String version, Copying copying) {
    Path copy = folder.resolve(fingerprint + "-" + version + ".parquet");
    try {
      cache.use(copy, scratch);
      if (Files.exists(copy)) {
        return copy;
      }
      try (ScratchFolder unused = new ScratchFolder(folder)) {
        Path unfinished = unused.path().resolve("import.parquet");
        copying.write(unused.path(), unfinished);
        Files.move(unfinished, copy, StandardCopyOption.ATOMIC_MOVE);
      }
      cache.trim(ImportCache.BOUND);
      return copy;
    } catch (IOException e) {
      throw new CapbenchException(
          source + " cannot be imported into " + folder + ": " + e + "; check both", e);
    }
  }
}
