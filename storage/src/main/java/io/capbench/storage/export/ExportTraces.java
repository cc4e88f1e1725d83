package io.capbench.storage.export;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/** Whether a file was written by an export of Capbench, by what only those have in them. */
final class ExportTraces {
  private static final int TAR_HEADER = 512;
  private static final int OWNER_OFFSET = 265;
  private static final int END = 1 << 16;

  private ExportTraces() {}

  /**
   * Looks into a file that has the name of a shard or of a manifest. Unfinished files and stats say
   * nothing; they count as an export's.
   */
  static boolean in(Path file) throws IOException {
    String name = file.getFileName().toString();
    try (FileChannel channel = FileChannel.open(file)) {
      if (name.endsWith(".tar")) {
        String header = text(channel, 0, TAR_HEADER);
        boolean empty = header.chars().allMatch(c -> c == 0);
        return empty || header.startsWith(SampleTar.OWNER + "\0", OWNER_OFFSET);
      }
      if (name.endsWith(".parquet")) {
        return text(channel, Math.max(0, channel.size() - END), END).contains(SampleFields.ROW_KEY);
      }
      return !name.equals("manifest.json")
          || text(channel, 0, END).contains("\"samples_per_shard\"");
    }
  }

  private static String text(FileChannel channel, long from, int length) throws IOException {
    ByteBuffer buffer = ByteBuffer.allocate(length);
    while (buffer.hasRemaining() && channel.read(buffer, from + buffer.position()) >= 0) {
      // until the end of the file
    }
    return new String(buffer.array(), 0, buffer.position(), StandardCharsets.ISO_8859_1);
  }
}
