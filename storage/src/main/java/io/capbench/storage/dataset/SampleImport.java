package io.capbench.storage.dataset;

import io.capbench.storage.job.JobContext;
import io.capbench.storage.source.FolderSamples;
import io.capbench.storage.source.TarSamples;
import java.nio.file.Path;

/** Lists what is in tars and image folders in parquet files of the cache. */
final class SampleImport {
  private static final String VERSION = "1";

  private final SampleTable table;
  private final ImportFolder tars;
  private final ImportFolder folders;

  SampleImport(DuckDatabase database, Path cache) {
    this.table = new SampleTable(database);
    this.tars = new ImportFolder(cache, ImportCache.Kind.TAR, database.scratch());
    this.folders = new ImportFolder(cache, ImportCache.Kind.FOLDER, database.scratch());
  }

  /**
   * The samples of a tar: captions, fields, and where the images are.
   *
   * @param fingerprint of the tar
   * @throws io.capbench.storage.model.CapbenchException if it has none, naming it
   */
  Path ofTar(Path tar, String fingerprint, JobContext context) {
    return tars.once(
        tar,
        fingerprint,
        VERSION,
        (scratch, target) ->
            table.write(
                scratch, target, lines -> new TarSamples(tar, lines).read(context), context));
  }

  /**
   * The images of a folder, with the captions and fields beside them.
   *
   * @param fingerprint of the folder
   */
  Path ofFolder(Path folder, FolderSamples samples, String fingerprint, JobContext context) {
    return folders.once(
        folder,
        fingerprint,
        VERSION,
        (scratch, target) ->
            table.write(
                scratch,
                target,
                lines -> {
                  samples.read(lines, context);
                  return null;
                },
                context));
  }
}
