package io.capbench.storage.dataset;

import io.capbench.storage.model.CapbenchException;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;

/**
 * A file of bytes at positions that lives as long as this object. Thread-safe. Not a channel,
 * because interrupting a thread that reads a channel closes it for all others.
 */
final class ScratchFile implements AutoCloseable {
  private final Path path;
  private final RandomAccessFile file;
  private boolean closed;

  /**
   * Makes an empty file.
   *
   * @throws CapbenchException if it cannot be made
   */
  ScratchFile(Path path) {
    this.path = path;
    try {
      this.file = new RandomAccessFile(path.toFile(), "rw");
    } catch (IOException e) {
      throw failure("made", e);
    }
  }

  /**
   * Writes bytes.
   *
   * @throws CapbenchException if the disk is full or fails
   */
  synchronized void write(long position, byte[] bytes, int length) {
    try {
      file.seek(position);
      file.write(bytes, 0, length);
    } catch (IOException e) {
      throw failure("written", e);
    }
  }

  /**
   * Reads bytes; those behind the end of the file are zero.
   *
   * @throws CapbenchException if the disk fails
   */
  synchronized byte[] read(long position, int length) {
    try {
      byte[] bytes = new byte[length];
      file.seek(position);
      int done = 0;
      int count = 0;
      while (done < length && count >= 0) {
        done += count;
        count = file.read(bytes, done, length - done);
      }
      Arrays.fill(bytes, done, length, (byte) 0);
      return bytes;
    } catch (IOException e) {
      throw failure("read", e);
    }
  }

  private CapbenchException failure(String what, IOException cause) {
    return new CapbenchException(
        path + " cannot be " + what + ": " + cause.getMessage() + "; free the disk that it is on",
        cause);
  }

  /** Removes the file. Idempotent. */
  @Override
  public synchronized void close() throws IOException {
    if (!closed) {
      closed = true;
      file.close();
      Files.deleteIfExists(path);
    }
  }
}
