package io.capbench.engine.published;

import io.capbench.storage.model.CapbenchException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The part of a file that has come so far, and the server's tag of what it is a part of. */
final class PartialFile {
  private static final Pattern CONTENT_RANGE = Pattern.compile("bytes (\\d+)-\\d+/(\\d+|\\*)");
  private static final long UNKNOWN = -1;

  private final Path path;
  private final Path tagFile;
  private long total = UNKNOWN;

  PartialFile(Path target) {
    this.path = target.resolveSibling(target.getFileName() + ".part");
    this.tagFile = target.resolveSibling(target.getFileName() + ".part.etag");
  }

  Path path() {
    return path;
  }

  /** Bytes that are there. */
  long size() {
    try {
      return Files.isRegularFile(path) ? Files.size(path) : 0;
    } catch (IOException e) {
      throw ModelDownload.cannotWrite(path, e);
    }
  }

  /** Bytes that the whole file will have, as the server says; -1 if it does not. */
  long total() {
    return total;
  }

  /** The server's tag of the file that this is a part of; null if it gave none. */
  @Nullable String tag() {
    try {
      return Files.isRegularFile(tagFile)
          ? Files.readString(tagFile, StandardCharsets.UTF_8).strip()
          : null;
    } catch (IOException e) {
      throw ModelDownload.cannotWrite(tagFile, e);
    }
  }

  /** The server sends all of the file. */
  void restart(HttpResponse<?> response) {
    delete();
    total = response.headers().firstValueAsLong("Content-Length").orElse(UNKNOWN);
    String tag = response.headers().firstValue("ETag").orElse("W/");
    if (!tag.startsWith("W/")) {
      try {
        Files.writeString(tagFile, tag, StandardCharsets.UTF_8);
      } catch (IOException e) {
        throw ModelDownload.cannotWrite(tagFile, e);
      }
    }
  }

  /** The server sends the rest of the file. */
  void proceed(HttpResponse<?> response) throws IOException {
    String range = response.headers().firstValue("Content-Range").orElse("");
    Matcher matcher = CONTENT_RANGE.matcher(range);
    if (!matcher.matches() || Long.parseLong(matcher.group(1)) != size()) {
      delete();
      throw new IOException("the server sent another part of the file than it was asked for");
    }
    total = matcher.group(2).equals("*") ? UNKNOWN : Long.parseLong(matcher.group(2));
  }

  /**
   * Checks that the rest fits on the disk.
   *
   * @throws CapbenchException if it does not
   */
  void requireRoom() {
    try {
      Path folder = path.toAbsolutePath().getParent();
      long room = folder == null ? Long.MAX_VALUE : Files.getFileStore(folder).getUsableSpace();
      if (total - size() > room) {
        throw new CapbenchException(
            path
                + " will have "
                + total
                + " bytes, and its disk has room for "
                + (room + size())
                + ". Free some, or name another folder with --into.");
      }
    } catch (IOException e) {
      throw ModelDownload.cannotWrite(path, e);
    }
  }

  /** To append to; to be closed. */
  OutputStream append() throws IOException {
    return Files.newOutputStream(path, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
  }

  String sha256() {
    try {
      MessageDigest sha = MessageDigest.getInstance("SHA-256");
      try (InputStream in = new DigestInputStream(Files.newInputStream(path), sha)) {
        in.transferTo(OutputStream.nullOutputStream());
      }
      return HexFormat.of().formatHex(sha.digest());
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every Java platform has SHA-256", e);
    } catch (IOException e) {
      throw ModelDownload.cannotWrite(path, e);
    }
  }

  /** Forgets what has come. */
  void delete() {
    try {
      Files.deleteIfExists(path);
      Files.deleteIfExists(tagFile);
    } catch (IOException e) {
      throw ModelDownload.cannotWrite(path, e);
    }
  }
}
