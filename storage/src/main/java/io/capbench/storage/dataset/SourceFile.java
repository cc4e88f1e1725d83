package io.capbench.storage.dataset;

import io.capbench.storage.model.CapbenchException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.PatternSyntaxException;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A file that makes up a dataset, found but not yet looked into.
 *
 * @param path the file that the person named, or one in the folder that he named
 * @param kind how to read it
 * @param beside whether it lists images in its own folder
 * @param problem null, or a sentence that says why it cannot be opened
 */
record SourceFile(Path path, Kind kind, boolean beside, @Nullable String problem) {
  private static final String IMAGE_LIST = "metadata.jsonl";
  private static final List<String> CSV = List.of("csv", "tsv", "csv.gz", "tsv.gz");

  /** How a file is read. */
  enum Kind {
    PARQUET,
    JSON,
    CSV
  }

  /** The files behind what a person named, in his order, folders and patterns in natural order. */
  static List<SourceFile> find(List<Path> named) {
    Map<Path, SourceFile> found = new LinkedHashMap<>();
    for (Path path : named) {
      for (SourceFile source : behind(path)) {
        found.putIfAbsent(source.path().toAbsolutePath().normalize(), source);
      }
    }
    return new ArrayList<>(found.values());
  }

  // A file of exactly that name comes first: brackets are common in names.
  private static List<SourceFile> behind(Path path) {
    if (Files.isDirectory(path)) {
      return inFolder(path);
    }
    if (!PathPattern.isPattern(path) || Files.exists(path, LinkOption.NOFOLLOW_LINKS)) {
      return List.of(file(path));
    }
    try {
      List<SourceFile> files = PathPattern.files(path).stream().map(SourceFile::file).toList();
      String none = path + " matches no file; check the pattern, or name a file or a folder";
      return files.isEmpty() ? List.of(bad(path, new CapbenchException(none))) : files;
    } catch (PatternSyntaxException e) {
      String message = path + " is no pattern: a bracket has no partner; mend it";
      return List.of(bad(path, new CapbenchException(message, e)));
    } catch (IOException e) {
      return List.of(bad(path, Fingerprint.unreadable(path, e)));
    }
  }

  private static List<SourceFile> inFolder(Path folder) {
    Path list = folder.resolve(IMAGE_LIST);
    if (Files.isRegularFile(list)) {
      return List.of(file(list));
    }
    List<SourceFile> parquet;
    try (Stream<Path> entries = Files.list(folder)) {
      parquet =
          entries
              .filter(
                  entry ->
                      hasExtension(entry, "parquet")
                          && !entry.getFileName().toString().startsWith(".") // macOS leaves those
                          && Files.isRegularFile(entry))
              .sorted(PathPattern.NATURAL)
              .map(SourceFile::file)
              .toList();
    } catch (IOException e) {
      return List.of(bad(folder, Fingerprint.unreadable(folder, e)));
    }
    if (parquet.isEmpty()) {
      String message =
          folder
              + " has neither parquet files nor a "
              + IMAGE_LIST
              + "; name the folder that has them directly inside it";
      return List.of(bad(folder, new CapbenchException(message)));
    }
    return parquet;
  }

  private static SourceFile file(Path file) {
    if (!Files.exists(file) && !Files.notExists(file)) {
      return bad(
          file, new CapbenchException(file + " cannot be seen; check who may read its folder"));
    }
    if (!Files.exists(file)) {
      return bad(file, new CapbenchException(file + " does not exist; check its name and folder"));
    }
    if (!Files.isRegularFile(file)) {
      return bad(file, new CapbenchException(file + " is not a file; name a file or a folder"));
    }
    if (hasExtension(file, "json") || hasExtension(file, "jsonl") || hasExtension(file, "ndjson")) {
      boolean beside = IMAGE_LIST.equals(file.getFileName().toString());
      return new SourceFile(file, Kind.JSON, beside, null);
    }
    if (CSV.stream().anyMatch(extension -> hasExtension(file, extension))) {
      return new SourceFile(file, Kind.CSV, false, null);
    }
    return new SourceFile(file, Kind.PARQUET, false, null);
  }

  private static SourceFile bad(Path path, CapbenchException cause) {
    return new SourceFile(path, Kind.PARQUET, false, cause.getMessage());
  }

  private static boolean hasExtension(Path file, String extension) {
    return file.getFileName().toString().toLowerCase(Locale.ROOT).endsWith("." + extension);
  }
}
