package io.capbench.storage.image;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.ByteOrder;
import javax.imageio.stream.MemoryCacheImageInputStream;

/**
 * A WebP with zeros behind its end. Its reader asks on there for every pixel, since those of one
 * colour may take no bits, and takes what is not there for zeros; as an exception each of them
 * costs so much that a kilobyte kept it busy for minutes.
 */
final class PaddedInput extends MemoryCacheImageInputStream {
  /** Bits of all pixels that an image may have, and more. */
  private static final long ZEROS = 1L << 28;

  private long zeros;

  PaddedInput(byte[] bytes) {
    super(new ByteArrayInputStream(bytes));
  }

  @Override
  public int read() throws IOException {
    int next = super.read();
    return next < 0 && zeros++ < ZEROS ? 0 : next;
  }

  // The reader takes eight bytes at once where it can.
  @Override
  public long readLong() throws IOException {
    long value = 0;
    for (int i = 0; i < Long.BYTES; i++) {
      long next = readUnsignedByte();
      value = getByteOrder() == ByteOrder.BIG_ENDIAN ? value << 8 | next : value | next << (8 * i);
    }
    return value;
  }
}
