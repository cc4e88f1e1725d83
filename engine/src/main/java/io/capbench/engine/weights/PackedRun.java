package io.capbench.engine.weights;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.util.Objects;
import java.util.Optional;
import java.util.zip.Inflater;
import java.util.zip.InflaterInputStream;

/**
 * A deflated member of an archive. PyTorch stores its members as they are; somebody packed this one
 * again. It is unpacked anew for every part that is read.
 *
 * @param packed where it lies, at most 2 GB
 * @param size bytes when unpacked, as the archive says
 */
record PackedRun(FileRun packed, long size) implements ByteSource {
  /** No byte of a deflated stream stands for more. */
  private static final long MOST_PER_BYTE = 1032;

  /** Whether the packed bytes could be as many when unpacked; more is a lie to take memory. */
  static boolean plausible(long packed, long size) {
    return packed <= Integer.MAX_VALUE && size <= (packed + 1) * MOST_PER_BYTE;
  }

  @Override
  public String name() {
    return packed.name();
  }

  @Override
  public ByteBuffer read(long offset, int length) {
    Objects.checkFromIndexSize(offset, length, size);
    ByteBuffer part = DirectMemory.allocate(length, () -> "A compressed tensor of " + name());
    Inflater inflater = new Inflater(true);
    try (InputStream in =
        new InflaterInputStream(
            new BufferInput(packed.read(0, Math.toIntExact(packed.size()))), inflater)) {
      in.skipNBytes(offset);
      while (part.hasRemaining() && Channels.newChannel(in).read(part) >= 0) {
        // Reads until the part is full or the stream ends.
      }
    } catch (IOException e) {
      throw new TorchFault(packed.file().path())
          .damaged("a compressed part cannot be unpacked (" + e.getMessage() + ")", e);
    } finally {
      inflater.end();
    }
    if (part.hasRemaining()) {
      throw new TorchFault(packed.file().path())
          .damaged("a compressed part has fewer bytes than the archive says");
    }
    return part.flip();
  }

  @Override
  public Optional<Place> place(long offset, long length) {
    return Optional.empty();
  }
}
