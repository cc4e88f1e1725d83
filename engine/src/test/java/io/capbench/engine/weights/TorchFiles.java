package io.capbench.engine.weights;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/** Writes archives as {@code torch.save} does. */
final class TorchFiles {
  private TorchFiles() {}

  /** A checkpoint of one pickle and storages named 0, 1, ... */
  static Path write(Path file, byte[] pickle, float[]... storages) throws IOException {
    Map<String, byte[]> members = members(pickle, storages);
    return write(file, members, ZipEntry.STORED);
  }

  static Map<String, byte[]> members(byte[] pickle, float[]... storages) {
    Map<String, byte[]> members = new LinkedHashMap<>();
    members.put("m/data.pkl", pickle);
    for (int i = 0; i < storages.length; i++) {
      ByteBuffer bytes = ByteBuffer.allocate(4 * storages[i].length).order(ByteOrder.LITTLE_ENDIAN);
      for (float number : storages[i]) {
        bytes.putFloat(number);
      }
      members.put("m/data/" + i, bytes.array());
    }
    return members;
  }

  static Path write(Path file, Map<String, byte[]> members, int method) throws IOException {
    try (OutputStream out = Files.newOutputStream(file);
        ZipOutputStream zip = new ZipOutputStream(out)) {
      for (Map.Entry<String, byte[]> member : members.entrySet()) {
        ZipEntry entry = new ZipEntry(member.getKey());
        entry.setMethod(method);
        CRC32 crc = new CRC32();
        crc.update(member.getValue());
        entry.setCrc(crc.getValue());
        entry.setSize(member.getValue().length);
        if (method == ZipEntry.STORED) {
          entry.setCompressedSize(member.getValue().length);
        }
        zip.putNextEntry(entry);
        zip.write(member.getValue());
      }
    }
    return file;
  }
}
