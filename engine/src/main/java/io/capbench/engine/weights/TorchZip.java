package io.capbench.engine.weights;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.ZipEntry;
import org.apache.commons.compress.archivers.zip.ZipArchiveEntry;
import org.apache.commons.compress.archivers.zip.ZipFile;
import org.jspecify.annotations.Nullable;

/**
 * A checkpoint as {@code torch.save} writes it since PyTorch 1.6, or a TorchScript archive: a zip
 * of {@code NAME/data.pkl}, which describes the tensors, and {@code NAME/data/KEY} for every
 * storage, stored without compression.
 */
final class TorchZip {
  private static final String PICKLE = "data.pkl";
  private static final long MAX_PICKLE = 64L << 20;

  private final WeightFile file;
  private final TorchFault fault;
  private final Map<String, ByteSource> members = new HashMap<>();

  private TorchZip(WeightFile file) {
    this.file = file;
    this.fault = new TorchFault(file.path());
  }

  /**
   * Reads the tensors of a file, in the order of its pickle.
   *
   * @throws io.capbench.storage.model.CapbenchException if the file is damaged, dangerous or holds
   *     no tensors
   */
  static Map<String, StoredTensor> read(WeightFile file) {
    return new TorchZip(file).read();
  }

  private Map<String, StoredTensor> read() {
    listMembers();
    String folder = folder();
    ByteSource order = members.get(folder + "byteorder");
    if (order != null && !text(order).startsWith("little")) {
      throw fault.unsupported("was saved by a machine with big-endian numbers");
    }
    ByteSource pickle = member(folder + PICKLE);
    if (pickle.size() > MAX_PICKLE) {
      throw fault.damaged("its " + PICKLE + " claims " + pickle.size() + " bytes");
    }
    Object root = new PickleReader(pickle.read(0, (int) pickle.size()), fault).read();
    return new StateDict(fault, storage -> bytes(folder, storage)).read(root);
  }

  private void listMembers() {
    try (ZipFile zip = ZipFile.builder().setPath(file.path()).get()) {
      for (ZipArchiveEntry entry : Collections.list(zip.getEntries())) {
        ByteSource bytes = bytes(entry);
        if (bytes != null && members.put(entry.getName(), bytes) != null) {
          throw fault.damaged("it has " + ShownName.of(entry.getName()) + " twice");
        }
      }
    } catch (IOException | IllegalArgumentException | ArithmeticException e) {
      throw fault.damaged("its archive cannot be read (" + e.getMessage() + ")", e);
    }
  }

  /**
   * Where a member's bytes are; null for those that are packed in a way that PyTorch never uses.
   */
  private @Nullable ByteSource bytes(ZipArchiveEntry entry) {
    long start = entry.getDataOffset();
    long packed = entry.getCompressedSize();
    if (entry.isDirectory() || entry.getGeneralPurposeBit().usesEncryption()) {
      return null;
    }
    if (start < 0 || packed < 0 || packed > file.size() || start > file.size() - packed) {
      throw fault.damaged("member " + ShownName.of(entry.getName()) + " ends after the file");
    }
    FileRun run = new FileRun(file, start, packed);
    if (entry.getMethod() == ZipEntry.STORED && entry.getSize() == packed) {
      return run;
    }
    if (entry.getMethod() != ZipEntry.DEFLATED) {
      return null;
    }
    if (entry.getSize() < 0 || !PackedRun.plausible(packed, entry.getSize())) {
      throw fault.damaged(
          "member "
              + ShownName.of(entry.getName())
              + " claims "
              + entry.getSize()
              + " bytes out of "
              + packed);
    }
    return new PackedRun(run, entry.getSize());
  }

  /** The name of the archive within itself, with its slash. */
  private String folder() {
    List<String> pickles =
        members.keySet().stream()
            .filter(name -> name.indexOf('/') == name.length() - PICKLE.length() - 1)
            .filter(name -> name.endsWith("/" + PICKLE))
            .sorted()
            .toList();
    if (pickles.size() != 1) {
      throw fault.unsupported(
          pickles.isEmpty()
              ? "lacks " + PICKLE + " (it is some other zip archive, or was cut off)"
              : "has " + pickles.size() + " times " + PICKLE);
    }
    return pickles.get(0).substring(0, pickles.get(0).length() - PICKLE.length());
  }

  private ByteSource bytes(String folder, TorchStorage storage) {
    ByteSource bytes = member(folder + "data/" + storage.key());
    long width = storage.type() == null ? 1 : storage.type().bytes();
    if (storage.elements() > bytes.size() / width) {
      throw fault.damaged(
          "storage "
              + ShownName.of(storage.key())
              + " should have "
              + storage.elements()
              + " numbers and has "
              + bytes.size() / width);
    }
    return bytes;
  }

  private ByteSource member(String name) {
    ByteSource bytes = members.get(name);
    if (bytes == null) {
      throw fault.damaged("it lacks " + ShownName.of(name));
    }
    return bytes;
  }

  private static String text(ByteSource bytes) {
    ByteBuffer start = bytes.read(0, (int) Math.min(bytes.size(), 16));
    return StandardCharsets.US_ASCII.decode(start).toString();
  }
}
