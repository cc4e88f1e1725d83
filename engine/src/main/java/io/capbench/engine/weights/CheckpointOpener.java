package io.capbench.engine.weights;

import io.capbench.storage.model.CapbenchException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Opens the files of one checkpoint, and closes them again if one of them is bad. For one use. */
final class CheckpointOpener {
  private final List<WeightFile> files = new ArrayList<>();

  Checkpoint open(Path fileOrIndex) {
    try {
      Map<String, StoredTensor> tensors =
          fileOrIndex.toString().endsWith(WeightFolder.INDEX)
              ? shards(ShardIndex.read(fileOrIndex))
              : read(fileOrIndex);
      if (tensors.isEmpty()) {
        throw new CapbenchException(
            fileOrIndex + " holds no tensors. It is not a model's file of weights.");
      }
      return new Checkpoint(fileOrIndex, files, tensors);
    } catch (RuntimeException e) {
      files.forEach(WeightFile::close);
      throw e;
    }
  }

  private Map<String, StoredTensor> shards(ShardIndex index) {
    Map<String, StoredTensor> tensors = new LinkedHashMap<>();
    for (Map.Entry<Path, List<String>> shard : index.namesByFile().entrySet()) {
      Map<String, StoredTensor> held = read(shard.getKey());
      for (String name : shard.getValue()) {
        StoredTensor tensor = held.get(name);
        if (tensor == null) {
          throw new CapbenchException(
              shard.getKey()
                  + " has no tensor "
                  + name
                  + ", which "
                  + index.file().getFileName()
                  + " says it has. The files are not of one download; download them again.");
        }
        tensors.put(name, tensor);
      }
    }
    return tensors;
  }

  private Map<String, StoredTensor> read(Path path) {
    WeightFile file = WeightFile.open(path);
    files.add(file);
    ByteBuffer head = file.map(0, (int) Math.min(file.size(), 16));
    byte[] bytes = new byte[head.remaining()];
    head.get(bytes);
    String start = new String(bytes, StandardCharsets.ISO_8859_1);
    if (start.startsWith("version https://")) {
      throw new CapbenchException(
          path
              + " is a Git LFS pointer, not the weights themselves. Run `git lfs pull` in its"
              + " folder, or download the file.");
    }
    if (start.startsWith("PK\3\4")) {
      return TorchZip.read(file);
    }
    if (start.startsWith("GGUF")) {
      throw new CapbenchException(
          path + " is a GGUF file, which is not supported. Use the model's safetensors files.");
    }
    boolean header = start.length() > Long.BYTES && start.charAt(Long.BYTES) == '{';
    if (start.startsWith("<") && !header) {
      throw new CapbenchException(
          path
              + " is a web page, not weights: the download asked for a login or an agreement."
              + " Download it again in a browser.");
    }
    return header || path.toString().endsWith(".safetensors")
        ? SafetensorsHeader.read(file)
        : TorchLegacy.read(file);
  }
}
