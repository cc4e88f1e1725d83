package io.capbench.storage.source;

import io.capbench.storage.source.SourceFile.Kind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The files directly inside a folder, and which of them are a dataset. Hidden ones are left out.
 */
final class FolderListing {
  static final List<String> JSON = List.of("json", "jsonl", "ndjson");
  static final List<String> CSV = List.of("csv", "tsv", "csv.gz", "tsv.gz");
  static final List<String> TAR = List.of("tar");
  static final List<String> PACKED_TAR =
      List.of("tar.gz", "tgz", "tar.bz2", "tbz2", "tar.xz", "txz", "tar.zst");

  /** Names of lists of images in their own folder, as Hugging Face has them, best first. */
  static final List<String> LISTS = List.of("metadata.jsonl", "metadata.csv", "metadata.parquet");

  private static final List<String> PARQUET = List.of("parquet");
  private static final List<String> ZIP = List.of("zip");
  // What img2dataset, Hugging Face, DataComp and our own exports write about a dataset.
  private static final Pattern ABOUT =
      Pattern.compile(
          "(.*_stats|dataset_infos?|dataset_dict|state|meta|manifest|stats)\\.json",
          Pattern.CASE_INSENSITIVE);

  private final Path folder;
  private final List<Path> files;
  private final Set<String> images = new HashSet<>();
  private final Set<String> tars = new HashSet<>();

  FolderListing(Path folder) throws IOException {
    this.folder = folder;
    try (Stream<Path> entries = Files.list(folder)) {
      this.files =
          entries
              .filter(file -> !file.getFileName().toString().startsWith(".")) // macOS leaves those
              .filter(Files::isRegularFile)
              .sorted(PathPattern.NATURAL)
              .toList();
    }
    for (Path file : files) {
      if (FolderSamples.isImage(file)) {
        images.add(stem(file));
      } else if (SourceFinder.hasExtension(file, TAR)) {
        tars.add(stem(file));
      }
    }
  }

  /** What opens when a person names the folder; empty if nothing does. */
  List<SourceFile> sources() {
    for (String list : LISTS) {
      boolean listed = files.stream().anyMatch(file -> file.getFileName().toString().equals(list));
      // A metadata.parquet among others is one of them.
      if (listed && (!list.endsWith(".parquet") || !images.isEmpty())) {
        return List.of(SourceFinder.file(folder.resolve(list)));
      }
    }
    List<SourceFile> data = files.stream().filter(this::isData).map(this::source).toList();
    if (data.isEmpty() && !images.isEmpty()) {
      Path whole = folder.toAbsolutePath().normalize(); // "." is no name
      return List.of(new SourceFile(whole, Kind.IMAGES, whole, null));
    }
    return data;
  }

  /** The JSON files with a zip of images beside them. */
  List<SourceFile> zipped() {
    return files.stream()
        .filter(this::isJson)
        .map(this::source)
        .filter(source -> source.images() != null)
        .toList();
  }

  /** The zip with the images of a JSON file, if there is one: of the same name, or the only one. */
  @Nullable Path zip(Path json) {
    List<Path> zips = files.stream().filter(file -> SourceFinder.hasExtension(file, ZIP)).toList();
    for (Path zip : zips) {
      if (stem(zip).equals(stem(json))) {
        return zip.toAbsolutePath();
      }
    }
    boolean only = zips.size() == 1 && files.stream().filter(this::isJson).count() == 1;
    return only ? zips.get(0).toAbsolutePath() : null;
  }

  private SourceFile source(Path file) {
    if (!isJson(file)) {
      return SourceFinder.file(file);
    }
    return new SourceFile(file, Kind.JSON, zip(file), null);
  }

  private boolean isData(Path file) {
    if (SourceFinder.hasExtension(file, PARQUET)) {
      return !tars.contains(stem(file)); // the same samples, without their images
    }
    return isJson(file)
        || SourceFinder.hasExtension(file, CSV)
        || SourceFinder.hasExtension(file, TAR)
        || SourceFinder.hasExtension(file, PACKED_TAR);
  }

  private boolean isJson(Path file) {
    return SourceFinder.hasExtension(file, JSON)
        && !ABOUT.matcher(file.getFileName().toString()).matches()
        && !images.contains(stem(file)); // beside its image
  }

  private static String stem(Path file) {
    return FolderSamples.stem(file.getFileName().toString());
  }
}
