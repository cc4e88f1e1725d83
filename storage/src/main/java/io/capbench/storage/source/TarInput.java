package io.capbench.storage.source;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;

/**
 * A file that is read from any place, and how much of it may be read before somebody says so again:
 * the headers of a hostile tar may claim to be longer than memory.
 */
final class TarInput extends InputStream {
  private static final int BUFFER = 1 << 14;

  private final FileChannel channel;
  private final long length;
  private final ByteBuffer buffer = ByteBuffer.allocate(BUFFER).limit(0);
  private long end; // where the buffer ends in the file
  private long allowed;

  TarInput(Path file) throws IOException {
    this.channel = FileChannel.open(file);
    this.length = channel.size();
  }

  /** How long the file was when it was opened. */
  long length() {
    return length;
  }

  /** Where the next byte comes from. */
  long position() {
    return end - buffer.remaining();
  }

  /** Goes to another place, which may be behind the file's end. */
  void seek(long position) {
    long from = end - buffer.limit();
    if (position >= from && position <= end) {
      buffer.position((int) (position - from));
    } else {
      buffer.position(0).limit(0);
      end = position;
    }
  }

  /** Sets how many bytes may be read from now on. */
  void allow(long bytes) {
    allowed = bytes;
  }

  private boolean fill() throws IOException {
    if (buffer.hasRemaining()) {
      return true;
    }
    buffer.clear();
    int count = channel.read(buffer, end);
    buffer.flip();
    if (count > 0) {
      end += count;
    }
    return count > 0;
  }

  private void spend(long bytes) throws IOException {
    if (bytes > allowed) {
      throw new IOException("a header is too long");
    }
    allowed -= bytes;
  }

  @Override
  public int read() throws IOException {
    if (!fill()) {
      return -1;
    }
    spend(1);
    return buffer.get() & 0xff;
  }

  @Override
  public int read(byte[] into, int offset, int wanted) throws IOException {
    if (wanted == 0) {
      return 0;
    }
    if (!fill()) {
      return -1;
    }
    int count = Math.min(wanted, buffer.remaining());
    spend(count);
    buffer.get(into, offset, count);
    return count;
  }

  /**
   * Reads the next bytes.
   *
   * @throws EOFException if there are fewer
   */
  byte[] content(int count) throws IOException {
    allow(count);
    byte[] bytes = readNBytes(count);
    if (bytes.length < count) {
      throw new EOFException("the file ends inside of a member");
    }
    return bytes;
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
