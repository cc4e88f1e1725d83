package io.capbench.app.tour;

import io.capbench.storage.model.CapbenchException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * Where a tour leaves what it makes. A folder that an earlier tour filled is filled anew; any other
 * must be empty.
 *
 * @param folder the folder
 */
record TourFolder(Path folder) {
  private static final String NOTES = "tour.txt";
  private static final String MARK = "A tour of Capbench left this folder and makes it anew.";
  private static final String WORKSPACE = "workspace.capbench";
  private static final String EXPORT = "export";
  private static final String SETTINGS = "settings";

  /**
   * Makes the folder ready.
   *
   * @throws CapbenchException if it holds what no tour made, or cannot be written
   */
  void prepare() {
    try {
      Files.createDirectories(folder);
      if (isOurs()) {
        clear();
      }
      try (Stream<Path> left = Files.list(folder)) {
        Path other = left.findAny().orElse(null);
        if (other != null) {
          throw new CapbenchException(
              folder
                  + " holds "
                  + other.getFileName()
                  + ", which no tour made. Choose an empty folder"
                  + " with --out.");
        }
      }
      Files.writeString(notes(), MARK + System.lineSeparator());
    } catch (IOException e) {
      throw new CapbenchException(folder + " cannot be written: " + e, e);
    }
  }

  Path notes() {
    return folder.resolve(NOTES);
  }

  Path workspace() {
    return folder.resolve(WORKSPACE);
  }

  Path export() {
    return folder.resolve(EXPORT);
  }

  Path settings() {
    return folder.resolve(SETTINGS);
  }

  /** File of a picture: {@code 03-accept.png}. */
  Path picture(int number, String name) {
    return folder.resolve("%02d-%s.png".formatted(number, name));
  }

  // Somebody else's folder may hold a file of that name beside an export that is no tour's.
  private boolean isOurs() throws IOException {
    if (!Files.isRegularFile(notes())) {
      return false;
    }
    byte[] mark = MARK.getBytes(StandardCharsets.UTF_8);
    try (InputStream in = Files.newInputStream(notes())) {
      return Arrays.equals(in.readNBytes(mark.length), mark);
    }
  }

  private void clear() throws IOException {
    delete(export());
    delete(settings());
    try (Stream<Path> files = Files.list(folder)) {
      for (Path file : files.toList()) {
        String name = file.getFileName().toString();
        if (name.matches("\\d\\d-[a-z-]+\\.png") || name.startsWith(WORKSPACE)) {
          Files.delete(file);
        }
      }
    }
    Files.delete(notes());
  }

  private static void delete(Path tree) throws IOException {
    if (!Files.exists(tree)) {
      return;
    }
    List<Path> all;
    try (Stream<Path> walk = Files.walk(tree)) {
      all = walk.sorted(Comparator.reverseOrder()).toList();
    }
    for (Path each : all) {
      Files.delete(each);
    }
  }
}
