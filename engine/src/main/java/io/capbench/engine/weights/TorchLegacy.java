package io.capbench.engine.weights;

import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * A checkpoint as {@code torch.save} wrote it before PyTorch 1.6: five pickles one after another
 * (magic number, protocol, facts of the machine, the tensors, the keys of the storages), then every
 * storage in the order of the keys, each as 8 bytes count and its numbers.
 */
final class TorchLegacy {
  private static final BigInteger MAGIC = new BigInteger("1950a86a20f9469cfc6c", 16);
  private static final long PROTOCOL = 1001;

  /** How much of the file's start is searched for the pickles. */
  private static final int MAX_PICKLES = 64 << 20;

  private final WeightFile file;
  private final TorchFault fault;
  private final ByteBuffer head;

  private TorchLegacy(WeightFile file) {
    this.file = file;
    this.fault = new TorchFault(file.path());
    this.head = file.map(0, (int) Math.min(file.size(), MAX_PICKLES));
  }

  /**
   * Reads the tensors of a file, in the order of its pickle.
   *
   * @throws io.capbench.storage.model.CapbenchException if the file is damaged, dangerous or holds
   *     no tensors
   */
  static Map<String, StoredTensor> read(WeightFile file) {
    return new TorchLegacy(file).read();
  }

  private Map<String, StoredTensor> read() {
    if (!MAGIC.equals(pickle())) {
      throw fault.unsupported("is a pickle that torch.save did not write");
    }
    if (!Long.valueOf(PROTOCOL).equals(pickle())) {
      throw fault.unsupported("has an unknown version");
    }
    if (pickle() instanceof PickleDict machine
        && Boolean.FALSE.equals(machine.get("little_endian"))) {
      throw fault.unsupported("was saved by a machine with big-endian numbers");
    }
    PickleReader tensors = new PickleReader(head, fault);
    Object root = tensors.read();
    if (!(pickle() instanceof List<?> keys)) {
      throw fault.damaged("it has no list of storages");
    }
    Map<String, FileRun> runs = runs(keys, tensors.storages());
    return new StateDict(fault, storage -> run(runs, storage)).read(root);
  }

  /**
   * Where every storage is; what one takes follows from its type, which the tensors' pickle says.
   */
  private Map<String, FileRun> runs(List<?> keys, Map<String, TorchStorage> storages) {
    Map<String, FileRun> runs = new HashMap<>();
    long position = head.position();
    for (Object key : keys) {
      TorchStorage storage = key instanceof String name ? storages.get(name) : null;
      if (storage == null) {
        throw fault.damaged("it lists a storage that no tensor looks into");
      }
      if (position > file.size() - Long.BYTES) {
        throw fault.damaged("it ends before its storages do");
      }
      long elements = file.map(position, Long.BYTES).getLong(0);
      long width = storage.type() == null ? 1 : storage.type().bytes();
      position += Long.BYTES;
      if (elements != storage.elements() || elements > (file.size() - position) / width) {
        throw fault.damaged(
            "storage "
                + ShownName.of(storage.key())
                + " should have "
                + storage.elements()
                + " numbers and says "
                + elements
                + "; "
                + (file.size() - position)
                + " bytes are left");
      }
      runs.put(storage.key(), new FileRun(file, position, elements * width));
      position += elements * width;
    }
    return runs;
  }

  private FileRun run(Map<String, FileRun> runs, TorchStorage storage) {
    FileRun run = runs.get(storage.key());
    if (run == null) {
      throw fault.damaged("storage " + ShownName.of(storage.key()) + " is missing");
    }
    return run;
  }

  private Object pickle() {
    return new PickleReader(head, fault).read();
  }
}
