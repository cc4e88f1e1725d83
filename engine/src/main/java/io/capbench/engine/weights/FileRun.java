package io.capbench.engine.weights;

import java.nio.ByteBuffer;
import java.util.Objects;
import java.util.Optional;

/**
 * A run of bytes in a file, read through the file system's cache without a copy.
 *
 * @param file the file
 * @param start first byte
 * @param size bytes; start + size lies within the file
 */
record FileRun(WeightFile file, long start, long size) implements ByteSource {

  @Override
  public String name() {
    return file.path().toString();
  }

  @Override
  public ByteBuffer read(long offset, int length) {
    Objects.checkFromIndexSize(offset, length, size);
    return file.map(start + offset, length);
  }

  @Override
  public Optional<Place> place(long offset, long length) {
    Objects.checkFromIndexSize(offset, length, size);
    return Optional.of(new Place(file.path(), start + offset, length));
  }
}
