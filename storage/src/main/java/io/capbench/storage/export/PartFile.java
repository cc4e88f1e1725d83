package io.capbench.storage.export;

import io.capbench.storage.model.CapbenchException;
import java.io.BufferedOutputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.util.HexFormat;

/**
 * A file that appears under its name only when it is complete and on the disk. Until then it is
 * called {@code NAME.part}; closed before that, it goes away.
 */
final class PartFile implements AutoCloseable {
  private static final int BUFFER = 1 << 16;

  private final Path target;
  private final Path part;
  private final FileOutputStream file;
  private final MessageDigest sha = Sha256.digest();
  private final OutputStream out;
  private boolean done;

  PartFile(Path target) {
    this.target = target;
    this.part = target.resolveSibling(target.getFileName() + ".part");
    try {
      this.file = new FileOutputStream(part.toFile());
    } catch (IOException e) {
      throw cannotWrite(target, e);
    }
    this.out = new BufferedOutputStream(new DigestOutputStream(file, sha), BUFFER);
  }

  /** What to write to; not to be closed. */
  OutputStream out() {
    return out;
  }

  /** Puts the file on the disk and gives it its name. */
  ExportedFile finish() throws IOException {
    out.flush();
    file.getFD().sync();
    file.close();
    long bytes = Files.size(part);
    Files.move(part, target, StandardCopyOption.ATOMIC_MOVE);
    done = true;
    return new ExportedFile(
        target.getFileName().toString(), bytes, HexFormat.of().formatHex(sha.digest()));
  }

  /** Writes a whole file. */
  static ExportedFile write(Path target, byte[] content) {
    try (PartFile file = new PartFile(target)) {
      file.out().write(content);
      return file.finish();
    } catch (IOException e) {
      throw cannotWrite(target, e);
    }
  }

  static CapbenchException cannotWrite(Path target, IOException cause) {
    return new CapbenchException(
        "Cannot write "
            + target
            + ": "
            + (cause instanceof AccessDeniedException ? "access is denied" : cause.getMessage())
            + ". Check that the disk has room and that you may write to the folder.",
        cause);
  }

  @Override
  public void close() {
    if (done) {
      return;
    }
    try {
      file.close();
      Files.deleteIfExists(part);
    } catch (IOException e) {
      throw cannotWrite(part, e);
    }
  }
}
