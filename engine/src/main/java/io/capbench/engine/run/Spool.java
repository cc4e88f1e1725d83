package io.capbench.engine.run;

import io.capbench.storage.model.CapbenchException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Results that wait for their turn to be written, in a file of their own beside the results. */
final class Spool implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Spool.class);

  private final Path file;
  private final FileChannel channel;

  /**
   * Makes the file.
   *
   * @param outputs the file that the results will be in
   * @throws CapbenchException if the folder is not writable
   */
  Spool(Path outputs) {
    this.file = outputs.resolveSibling(outputs.getFileName() + ".spool");
    try {
      this.channel =
          FileChannel.open(
              file,
              StandardOpenOption.CREATE,
              StandardOpenOption.TRUNCATE_EXISTING,
              StandardOpenOption.READ,
              StandardOpenOption.WRITE);
    } catch (IOException e) {
      throw failed(e);
    }
  }

  /** Adds bytes, from position to limit. */
  void add(ByteBuffer bytes) {
    try {
      while (bytes.hasRemaining()) {
        channel.write(bytes);
      }
    } catch (IOException e) {
      throw failed(e);
    }
  }

  /** Everything that was added; at most 2 GB. */
  ByteBuffer content() {
    try {
      return channel
          .map(FileChannel.MapMode.READ_ONLY, 0, channel.size())
          .order(ByteOrder.LITTLE_ENDIAN);
    } catch (IOException e) {
      throw failed(e);
    }
  }

  private CapbenchException failed(IOException e) {
    return new CapbenchException(
        "Cannot write "
            + file
            + ": "
            + e.getMessage()
            + ". Check that the disk has room and that you may write to the folder.",
        e);
  }

  @Override
  public void close() {
    try (channel) {
      // Windows keeps a mapped file until the program ends.
      file.toFile().deleteOnExit();
      Files.deleteIfExists(file);
    } catch (IOException e) {
      LOG.debug("{} stays until the end", file, e);
    }
  }
}
