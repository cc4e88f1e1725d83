package io.capbench.engine.weights;

import java.io.InputStream;
import java.nio.ByteBuffer;

/** Reads a buffer as a stream. */
final class BufferInput extends InputStream {
  private final ByteBuffer buffer;

  BufferInput(ByteBuffer buffer) {
    this.buffer = buffer.duplicate();
  }

  @Override
  public int read() {
    return buffer.hasRemaining() ? buffer.get() & 0xff : -1;
  }

  @Override
  public int read(byte[] bytes, int offset, int length) {
    if (!buffer.hasRemaining()) {
      return -1;
    }
    int n = Math.min(length, buffer.remaining());
    buffer.get(bytes, offset, n);
    return n;
  }

  @Override
  public int available() {
    return buffer.remaining();
  }
}
