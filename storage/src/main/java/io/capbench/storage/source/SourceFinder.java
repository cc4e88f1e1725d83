package io.capbench.storage.source;

import io.capbench.storage.source.SourceFile.Kind;
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

/** Finds the files behind what a person named: files, folders, patterns. Looks into none. */
public final class SourceFinder {

  /** The files in the order in which they were named, folders and patterns in natural order. */
  public List<SourceFile> find(List<Path> named) {
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
    if (RemoteAddress.is(path)) {
      return List.of(bad(path, RemoteAddress.problem(path)));
    }
    if (!PathPattern.isPattern(path) || Files.exists(path, LinkOption.NOFOLLOW_LINKS)) {
      return List.of(file(path));
    }
    try {
      List<SourceFile> files = PathPattern.files(path).stream().map(SourceFinder::file).toList();
      String none = path + " matches no file; check the pattern, or name a file or a folder";
      return files.isEmpty() ? List.of(bad(path, none)) : files;
    } catch (PatternSyntaxException e) {
      return List.of(bad(path, path + " is no pattern: a bracket has no partner; mend it"));
    } catch (IOException e) {
      return List.of(bad(path, unreadable(path, e)));
    }
  }

  private static List<SourceFile> inFolder(Path folder) {
    try {
      FolderListing listing = new FolderListing(folder);
      List<SourceFile> found = listing.sources();
      if (found.isEmpty()) {
        found = inChunks(folder.resolve("images"));
      }
      if (found.isEmpty()) {
        found = inChunks(folder);
      }
      String none =
          folder
              + " has nothing that opens directly inside it: no parquet, JSON, CSV or tar files, no"
              + " images; name the folder that has";
      return found.isEmpty() ? List.of(bad(folder, none)) : found;
    } catch (IOException e) {
      return List.of(bad(folder, unreadable(folder, e)));
    }
  }

  /** The chunks of ye-pop: folders with a zip of images and the JSON that lists them. */
  private static List<SourceFile> inChunks(Path parent) throws IOException {
    List<SourceFile> found = new ArrayList<>();
    if (!Files.isDirectory(parent)) {
      return found;
    }
    List<Path> folders;
    try (Stream<Path> entries = Files.list(parent)) {
      folders = entries.filter(Files::isDirectory).sorted(PathPattern.NATURAL).toList();
    }
    for (Path folder : folders) {
      found.addAll(new FolderListing(folder).zipped());
    }
    return found;
  }

  /** A file by its name. */
  static SourceFile file(Path file) {
    if (!Files.exists(file) && !Files.notExists(file)) {
      return bad(file, file + " cannot be seen; check who may read its folder");
    }
    if (!Files.exists(file)) {
      return bad(file, file + " does not exist; check its name and folder");
    }
    if (!Files.isRegularFile(file)) {
      return bad(file, file + " is not a file; name a file or a folder");
    }
    if (hasExtension(file, FolderListing.PACKED_TAR)) {
      return bad(
          file,
          file
              + " is a compressed tar, and images cannot be found inside of one; unpack it to a .tar"
              + ", for example with gunzip, and name that");
    }
    Path folder = file.toAbsolutePath().getParent();
    Path images = FolderListing.LISTS.contains(file.getFileName().toString()) ? folder : null;
    if (hasExtension(file, FolderListing.JSON)) {
      return new SourceFile(file, Kind.JSON, images == null ? zipBeside(file) : images, null);
    }
    Kind kind = Kind.PARQUET;
    if (hasExtension(file, FolderListing.CSV)) {
      kind = Kind.CSV;
    } else if (hasExtension(file, FolderListing.TAR)) {
      kind = Kind.TAR;
    }
    return new SourceFile(file, kind, images, null);
  }

  private static @Nullable Path zipBeside(Path file) {
    String name = FolderSamples.stem(file.getFileName().toString()) + ".zip";
    Path zip = file.toAbsolutePath().resolveSibling(name);
    return Files.isRegularFile(zip) ? zip : null;
  }

  static SourceFile bad(Path path, String problem) {
    return new SourceFile(path, Kind.PARQUET, null, problem);
  }

  private static String unreadable(Path path, IOException e) {
    return path + " cannot be read: " + e + "; check who may read it and that the disk works";
  }

  static boolean hasExtension(Path file, List<String> extensions) {
    String name = file.getFileName().toString().toLowerCase(Locale.ROOT);
    return extensions.stream().anyMatch(extension -> name.endsWith("." + extension));
  }
}
