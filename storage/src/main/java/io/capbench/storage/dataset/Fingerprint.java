package io.capbench.storage.dataset;

import io.capbench.storage.job.JobContext;
import io.capbench.storage.model.CapbenchException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** What a file is known by when it was renamed or moved: lower-case hex SHA-256, 64 digits. */
final class Fingerprint {
  private static final int TAIL = 8;
  private static final int SMALLEST_PARQUET = 12;
  private static final int CHUNK = 1 << 20;

  private Fingerprint() {}

  /**
   * Fingerprint of a parquet file: over its footer and its length as eight bytes, biggest first.
   * Reads a few kilobytes of the file.
   *
   * @throws CapbenchException if it is not a whole parquet file
   */
  static String ofParquet(Path file) {
    try (FileChannel channel = FileChannel.open(file)) {
      long length = channel.size();
      if (length == 0) {
        throw new CapbenchException(file + " is empty; download or write it again");
      }
      if (length < SMALLEST_PARQUET) {
        throw notParquet(file, channel);
      }
      ByteBuffer tail = read(channel, length - TAIL, TAIL).order(ByteOrder.LITTLE_ENDIAN);
      int footer = tail.getInt();
      String magic = StandardCharsets.ISO_8859_1.decode(tail).toString();
      if (magic.equals("PARE")) {
        throw new CapbenchException(file + " is encrypted; decrypt it first");
      }
      if (!magic.equals("PAR1")) {
        throw notParquet(file, channel);
      }
      if (footer <= 0 || footer > length - SMALLEST_PARQUET) {
        throw new CapbenchException(
            file + " has a damaged footer; download or write the file again");
      }
      MessageDigest sha = sha256();
      for (int done = 0; done < footer; done += CHUNK) { // its length may be a lie
        int part = Math.min(CHUNK, footer - done);
        sha.update(read(channel, length - TAIL - footer + done, part));
      }
      return finish(sha, length);
    } catch (IOException e) {
      throw unreadable(file, e);
    }
  }

  /**
   * Fingerprint of any other file: over all its bytes and its length.
   *
   * @throws CapbenchException if it cannot be read
   */
  static String ofBytes(Path file, JobContext context) {
    try (FileChannel channel = FileChannel.open(file)) {
      MessageDigest sha = sha256();
      ByteBuffer buffer = ByteBuffer.allocate(CHUNK);
      long length = channel.size();
      long done = 0;
      while (channel.read(buffer) >= 0) {
        context.checkCancelled();
        done += buffer.flip().remaining();
        sha.update(buffer);
        buffer.clear();
        context.progress(done, length, "bytes");
      }
      return finish(sha, done);
    } catch (IOException e) {
      throw unreadable(file, e);
    }
  }

  /** Fingerprint of a text, as short names for caches are made of. */
  static String ofText(String text) {
    return HexFormat.of().formatHex(sha256().digest(text.getBytes(StandardCharsets.UTF_8)));
  }

  private static String finish(MessageDigest sha, long length) {
    sha.update(ByteBuffer.allocate(Long.BYTES).putLong(length).flip());
    return HexFormat.of().formatHex(sha.digest());
  }

  private static CapbenchException notParquet(Path file, FileChannel channel) throws IOException {
    ByteBuffer head = read(channel, 0, (int) Math.min(4, channel.size()));
    if (StandardCharsets.ISO_8859_1.decode(head).toString().equals("PAR1")) {
      return new CapbenchException(
          file
              + " is cut off: a parquet file begins here, but its end is missing; download or"
              + " write it again");
    }
    return new CapbenchException(
        file + " is not a parquet file, whatever its name says; name a parquet, JSON or CSV file");
  }

  static CapbenchException unreadable(Path file, IOException e) {
    return new CapbenchException(
        file + " cannot be read: " + e + "; check who may read it and that the disk works", e);
  }

  private static ByteBuffer read(FileChannel channel, long position, int length)
      throws IOException {
    ByteBuffer buffer = ByteBuffer.allocate(length);
    while (buffer.hasRemaining()) {
      if (channel.read(buffer, position + buffer.position()) < 0) {
        throw new IOException("the file became shorter while it was read");
      }
    }
    return buffer.flip();
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every Java platform has SHA-256", e);
    }
  }
}
