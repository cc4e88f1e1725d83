package io.capbench.storage.export;

import io.capbench.storage.model.CapbenchException;
import io.capbench.storage.model.ShardInfo;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The folder that an export goes to.
 *
 * @param path the folder
 */
record ExportFolder(Path path) {
  /** From what says that an export is whole to what it is made of: removed in this order. */
  private static final List<Pattern> OURS =
      List.of(
          Pattern.compile("manifest\\.json(\\.part)?"),
          Pattern.compile("\\d{5,}_stats\\.json(\\.part)?"),
          Pattern.compile("\\d{5,}\\.(parquet|tar)(\\.part)?"));

  /** Where a killed export left rows of a parquet file; see {@link ParquetTable}. */
  private static final Pattern SPILL = Pattern.compile("\\.parquet-\\d+");

  /**
   * Makes the folder ready.
   *
   * @param sources the shards that are exported, which must not lie in it
   * @param overwrite whether files of an earlier export may be removed; others stay
   * @throws CapbenchException if the folder cannot be used
   */
  void prepare(List<ShardInfo> sources, boolean overwrite) {
    try {
      refuseSourceFolder(sources);
      Files.createDirectories(path);
      if (!isEmpty()) {
        if (!overwrite) {
          throw new CapbenchException(
              "The folder "
                  + path
                  + " is not empty. Choose another folder, or allow to overwrite the export that"
                  + " is in it (--overwrite).");
        }
        refuseForeign();
        removeOurs();
      }
    } catch (IOException e) {
      throw PartFile.cannotWrite(path, e);
    }
  }

  private void refuseSourceFolder(List<ShardInfo> sources) throws IOException {
    if (!Files.isDirectory(path)) {
      return;
    }
    for (ShardInfo source : sources) {
      Path file = source.path().toAbsolutePath();
      Path folder = Files.isDirectory(file) ? file : file.getParent(); // of images
      if (folder != null && Files.isDirectory(folder) && Files.isSameFile(folder, path)) {
        throw new CapbenchException(
            "The folder "
                + path
                + " holds "
                + source.path().getFileName()
                + " of the dataset itself, which an export must not touch. Choose another folder.");
      }
    }
  }

  private boolean isEmpty() throws IOException {
    try (Stream<Path> files = Files.list(path)) {
      return files.findAny().isEmpty();
    }
  }

  // img2dataset and others name their files so too, and those are nobody's to replace.
  private void refuseForeign() throws IOException {
    for (Pattern pattern : OURS) {
      for (Path file : named(pattern)) {
        if (Files.isRegularFile(file) && !ExportTraces.in(file)) {
          throw new CapbenchException(
              "The folder "
                  + path
                  + " holds "
                  + file.getFileName()
                  + ", which Capbench did not write, so nothing was replaced. Choose another"
                  + " folder.");
        }
      }
    }
  }

  private void removeOurs() throws IOException {
    for (Pattern pattern : OURS) {
      for (Path file : named(pattern)) {
        if (Files.isRegularFile(file)) {
          Files.delete(file);
        }
      }
    }
    for (Path spill : named(SPILL)) {
      try (Stream<Path> inside = Files.walk(spill)) {
        for (Path file : inside.sorted(Comparator.reverseOrder()).toList()) {
          Files.delete(file);
        }
      }
    }
  }

  private List<Path> named(Pattern pattern) throws IOException {
    try (Stream<Path> files = Files.list(path)) {
      return files
          .filter(file -> pattern.matcher(file.getFileName().toString()).matches())
          .toList();
    }
  }
}
