package io.capbench.storage.image;

import io.capbench.storage.image.ImageException.Reason;
import io.capbench.storage.model.ImageRef;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/**
 * Images in tars and zips, read from their place; nothing is ever unpacked to the disk.
 * Thread-safe.
 */
public final class ArchiveImages implements AutoCloseable {
  private static final int OPEN_ZIPS = 8;

  private final Map<Path, ArchiveFile> archives = new HashMap<>();
  private final ImageInspector inspector;
  private final Map<Path, OpenZip> zips = new LinkedHashMap<>(16, 0.75f, true);
  private boolean closed;

  /**
   * The images in these archives and no others.
   *
   * @param inspector checks what is read
   */
  public ArchiveImages(Collection<ArchiveFile> archives, ImageInspector inspector) {
    archives.forEach(archive -> this.archives.put(archive.file(), archive));
    this.inspector = inspector;
  }

  /**
   * Reads a member of a tar.
   *
   * @throws ImageException if it is cut off, too large or no image, or if the tar was changed
   */
  public ImageBytes read(ImageRef.TarMember member) throws ImageException {
    String name = name(member.archive(), member.name());
    if (member.offset() < 0) {
      throw new ImageException(
          Reason.UNREADABLE, name + ", is stored with holes (a sparse file), which is not read");
    }
    inspector.checkLength(member.length(), name);
    check(member.archive(), name);
    ByteBuffer bytes = ByteBuffer.allocate((int) member.length());
    try (FileChannel channel = FileChannel.open(member.archive())) {
      while (bytes.hasRemaining()) {
        if (channel.read(bytes, member.offset() + bytes.position()) < 0) {
          throw new ImageException(
              Reason.NOT_AN_IMAGE, name + ", is cut off: the tar ends inside of it");
        }
      }
    } catch (IOException e) {
      throw unreadable(name, e);
    }
    return inspector.inspect(bytes.array(), name);
  }

  /**
   * Reads a member of a zip: of that name, or of that name in a folder, or of that number with or
   * without zeros in front.
   *
   * @throws ImageException if it is missing, damaged, too large or no image, or if the zip was
   *     changed
   */
  public ImageBytes read(ImageRef.ZipMember member) throws ImageException {
    String name = name(member.archive(), member.name());
    check(member.archive(), name);
    byte[] bytes;
    try {
      bytes = fromZip(member, name);
    } catch (IOException e) {
      throw unreadable(name, e);
    }
    return inspector.inspect(bytes, name);
  }

  // One at a time: a zip that is dropped for another one must not be in use.
  private synchronized byte[] fromZip(ImageRef.ZipMember member, String name)
      throws IOException, ImageException {
    if (closed) {
      throw new IllegalStateException("The dataset is closed");
    }
    OpenZip zip = zips.get(member.archive());
    if (zip == null) {
      if (zips.size() >= OPEN_ZIPS) {
        Path eldest = zips.keySet().iterator().next();
        OpenZip dropped = zips.remove(eldest);
        if (dropped != null) {
          dropped.zip.close();
        }
      }
      zip = new OpenZip(new ZipFile(member.archive().toFile()));
      zips.put(member.archive(), zip);
    }
    ZipEntry entry = zip.entries.get(key(member.name()));
    if (entry == null) {
      throw new ImageException(Reason.NOT_FOUND, name + ", is not in the zip");
    }
    inspector.checkLength(Math.max(entry.getSize(), 1), name);
    try (InputStream in = zip.zip.getInputStream(entry)) {
      byte[] bytes = in.readNBytes((int) ImageInspector.MAX_BYTES + 1); // its length may be a lie
      inspector.checkLength(bytes.length, name);
      CRC32 sum = new CRC32();
      sum.update(bytes);
      if (sum.getValue() != entry.getCrc()) {
        throw new ImageException(
            Reason.UNREADABLE, name + ", is damaged: its checksum (CRC) is wrong");
      }
      return bytes;
    }
  }

  private void check(Path archive, String name) throws ImageException {
    ArchiveFile opened = archives.get(archive);
    if (opened == null) {
      throw new ImageException(Reason.NOT_FOUND, name + ", is not part of the open dataset");
    }
    try {
      if (opened.changed()) {
        throw new ImageException(
            Reason.UNREADABLE,
            name + ", is not read: the archive was changed after it was opened; open it again");
      }
    } catch (NoSuchFileException e) {
      throw new ImageException(Reason.NOT_FOUND, name + ", is gone with its archive", e);
    } catch (IOException e) {
      throw unreadable(name, e);
    }
  }

  private static ImageException unreadable(String name, IOException e) {
    return new ImageException(Reason.UNREADABLE, name + ", cannot be read: " + e, e);
  }

  private static String name(Path archive, String member) {
    return "The image " + member + " in " + archive.getFileName();
  }

  // 1.jpg, 000000001.jpg and images/000000001.jpg are one image to ye-pop.
  private static String key(String name) {
    String file = name.substring(name.lastIndexOf('/') + 1).toLowerCase(Locale.ROOT);
    return file.replaceFirst("^0+(?=\\d)", "");
  }

  /** Closes the zips. Idempotent. */
  @Override
  public synchronized void close() {
    closed = true;
    try {
      for (OpenZip zip : zips.values()) {
        zip.zip.close();
      }
    } catch (IOException e) {
      throw new IllegalStateException("A zip does not close", e);
    } finally {
      zips.clear();
    }
  }

  /** An open zip and its members by what they are asked for. */
  private static final class OpenZip {
    final ZipFile zip;
    final Map<String, ZipEntry> entries = new HashMap<>();

    OpenZip(ZipFile zip) {
      this.zip = zip;
      zip.stream()
          .filter(entry -> !entry.isDirectory())
          .forEach(entry -> entries.putIfAbsent(key(entry.getName()), entry));
    }
  }
}
