package io.capbench.storage.image;

import io.capbench.storage.image.ImageException.Reason;
import io.capbench.storage.model.ImageRef;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/**
 * Image files inside some folders. A name that a dataset gives is not trusted: whatever leads out
 * of the folders, by {@code ..}, as an absolute path or through a link, is refused. Thread-safe.
 */
public final class ImageFolder {
  private final List<Path> folders;
  private final ImageInspector inspector;

  /**
   * Image files in these folders and below.
   *
   * @param folders the folders of a dataset
   * @param inspector checks what is read
   */
  public ImageFolder(Collection<Path> folders, ImageInspector inspector) {
    this.folders =
        folders.stream().map(folder -> folder.toAbsolutePath().normalize()).distinct().toList();
    this.inspector = inspector;
  }

  /**
   * Reads a file.
   *
   * @throws ImageException if it is outside the folders, missing, too large or no image
   */
  public ImageBytes read(ImageRef.File image) throws ImageException {
    String name = "The image file " + image.name();
    Path file = image.file().toAbsolutePath().normalize();
    if (folders.stream().noneMatch(file::startsWith)) {
      throw outside(name);
    }
    if (!Files.exists(file)) {
      throw new ImageException(Reason.NOT_FOUND, name + " does not exist in " + file.getParent());
    }
    try {
      Path real = file.toRealPath();
      if (realFolders().stream().noneMatch(real::startsWith)) {
        throw outside(name);
      }
      if (!Files.isRegularFile(real)) {
        throw new ImageException(Reason.NOT_FOUND, name + " is not a file");
      }
      inspector.checkLength(Files.size(real), name);
      try (InputStream in = Files.newInputStream(real)) {
        return inspector.inspect(in.readNBytes((int) ImageInspector.MAX_BYTES + 1), name);
      }
    } catch (IOException e) {
      throw new ImageException(
          Reason.UNREADABLE, name + " cannot be read: " + e + "; check who may read it", e);
    }
  }

  private List<Path> realFolders() throws IOException {
    List<Path> real = new ArrayList<>();
    for (Path folder : folders) {
      real.add(folder.toRealPath());
    }
    return real;
  }

  private static ImageException outside(String name) {
    return new ImageException(
        Reason.REFUSED, name + " is outside the dataset's folder and is not opened");
  }
}
