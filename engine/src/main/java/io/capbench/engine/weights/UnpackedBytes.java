package io.capbench.engine.weights;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Optional;

/**
 * Bytes of a compressed archive member, unpacked.
 *
 * @param name what to call them in a message
 * @param content direct memory, from 0 to its limit
 */
record UnpackedBytes(String name, ByteBuffer content) implements ByteSource {

  @Override
  public long size() {
    return content.limit();
  }

  @Override
  public ByteBuffer read(long offset, int length) {
    return content
        .slice(Math.toIntExact(offset), length)
        .asReadOnlyBuffer()
        .order(ByteOrder.LITTLE_ENDIAN);
  }

  @Override
  public Optional<Place> place(long offset, long length) {
    return Optional.empty();
  }
}
