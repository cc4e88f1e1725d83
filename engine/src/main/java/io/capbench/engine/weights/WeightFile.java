package io.capbench.engine.weights;

import io.capbench.storage.model.CapbenchException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileChannel.MapMode;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ConcurrentHashMap;

/**
 * An open file of weights. What was mapped from it stays readable after it is closed, until nobody
 * holds it any more; Java has no other way to unmap safely. Thread-safe.
 */
final class WeightFile implements AutoCloseable {
  /** Files are mapped in pieces of this size; what crosses them is mapped by itself. */
  private static final long PIECE = 1L << 30;

  private final Path path;
  private final FileChannel channel;
  private final long size;
  private final Map<Long, ByteBuffer> pieces = new ConcurrentHashMap<>();

  private WeightFile(Path path, FileChannel channel, long size) {
    this.path = path;
    this.channel = channel;
    this.size = size;
  }

  /**
   * Opens a file.
   *
   * @throws CapbenchException if it is not there or not readable
   */
  static WeightFile open(Path path) {
    FileChannel channel;
    try {
      if (Files.isDirectory(path)) {
        throw new CapbenchException(
            path + " is a folder where a file of weights was expected. Name the file.");
      }
      channel = FileChannel.open(path);
    } catch (NoSuchFileException e) {
      throw new CapbenchException(
          path + " is not there. Check its name, or copy the model again.", e);
    } catch (IOException e) {
      throw unreadable(path, e);
    }
    try {
      return new WeightFile(path, channel, channel.size());
    } catch (IOException e) {
      closeAfter(e, channel);
      throw unreadable(path, e);
    }
  }

  Path path() {
    return path;
  }

  /** Bytes of the file when it was opened. */
  long size() {
    return size;
  }

  /** Bytes of the file, read-only, little endian; the run has to lie within it. */
  ByteBuffer map(long offset, int length) {
    if (length == 0) {
      return ByteBuffer.allocateDirect(0).order(ByteOrder.LITTLE_ENDIAN);
    }
    try {
      if (channel.size() < offset + length) {
        throw new CapbenchException(
            path
                + " has become shorter since it was opened: somebody writes to it. Open it again"
                + " when that is done.");
      }
      return piece(offset, length).order(ByteOrder.LITTLE_ENDIAN);
    } catch (ClosedByInterruptException e) {
      CancellationException cancelled =
          new CancellationException("Reading " + path + " was interrupted");
      cancelled.initCause(e);
      throw cancelled;
    } catch (ClosedChannelException e) {
      throw new IllegalStateException(path + " is closed", e);
    } catch (IOException e) {
      throw unreadable(path, e);
    }
  }

  private ByteBuffer piece(long offset, int length) throws IOException {
    long first = offset / PIECE;
    if ((offset + length - 1) / PIECE != first) {
      return channel.map(MapMode.READ_ONLY, offset, length);
    }
    ByteBuffer piece = pieces.get(first);
    if (piece == null) {
      long start = first * PIECE;
      piece = channel.map(MapMode.READ_ONLY, start, Math.min(PIECE, size - start));
      pieces.put(first, piece);
    }
    return piece.slice((int) (offset - first * PIECE), length);
  }

  /** All bytes as a run. */
  FileRun whole() {
    return new FileRun(this, 0, size);
  }

  @Override
  public void close() {
    pieces.clear();
    try {
      channel.close();
    } catch (IOException e) {
      throw unreadable(path, e);
    }
  }

  static CapbenchException unreadable(Path path, Exception cause) {
    return new CapbenchException(
        "Cannot read "
            + path
            + ": "
            + cause.getMessage()
            + ". Check that the file may be read and that its disk is there.",
        cause);
  }

  private static void closeAfter(Exception first, FileChannel channel) {
    try {
      channel.close();
    } catch (IOException e) {
      first.addSuppressed(e);
    }
  }
}
