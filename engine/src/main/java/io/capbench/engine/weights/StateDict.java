package io.capbench.engine.weights;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Finds a model's tensors in what a checkpoint's pickle says. */
final class StateDict {
  private static final int MAX_DEPTH = 64;
  private static final int MAX_TENSORS = 200_000;

  private final TorchFault fault;
  private final Function<TorchStorage, ByteSource> bytes;
  private final Map<String, StoredTensor> tensors = new LinkedHashMap<>();
  private int modules;

  /**
   * A state for one file.
   *
   * @param bytes where a storage's numbers are
   */
  StateDict(TorchFault fault, Function<TorchStorage, ByteSource> bytes) {
    this.fault = fault;
    this.bytes = bytes;
  }

  /**
   * The tensors of a plain state, of the one under {@code state_dict} (as open_clip's {@code
   * load_state_dict} takes it), or of a TorchScript module. Other values among them are left out.
   */
  Map<String, StoredTensor> read(Object root) {
    if (root instanceof PickleObject module && module.attributes() != null) {
      walk("", module.attributes(), 0);
    } else if (root instanceof PickleDict dict) {
      Object held = dict.get("state_dict");
      PickleDict state = held instanceof PickleDict inner ? inner : dict;
      state.entries().forEach(entry -> add("", entry));
      if (tensors.isEmpty()) {
        throw fault.unsupported("has no tensors under its keys " + keys(state));
      }
    } else {
      throw fault.unsupported("holds no dictionary of tensors");
    }
    return tensors;
  }

  /**
   * Parameters and buffers of a TorchScript module are named by the attributes that lead to them.
   */
  private void walk(String prefix, PickleDict attributes, int depth) {
    modules++;
    if (depth > MAX_DEPTH || modules > MAX_TENSORS) {
      throw fault.damaged("its modules are nested without end");
    }
    for (PickleDict.Entry entry : attributes.entries()) {
      add(prefix, entry);
      PickleDict inner = module(entry.value());
      if (inner != null && entry.key() instanceof String name) {
        walk(prefix + name + ".", inner, depth + 1);
      }
    }
  }

  private static @Nullable PickleDict module(Object value) {
    return value instanceof PickleObject object ? object.attributes() : null;
  }

  private void add(String prefix, PickleDict.Entry entry) {
    if (!(entry.value() instanceof TorchTensor tensor) || !(entry.key() instanceof String key)) {
      return;
    }
    String name = prefix + key;
    if (tensors.size() >= MAX_TENSORS) {
      throw fault.damaged("it has more than " + MAX_TENSORS + " tensors");
    }
    if (tensors.put(name, tensor.stored(name, bytes.apply(tensor.storage()))) != null) {
      throw fault.damaged("it has tensor " + ShownName.of(name) + " twice");
    }
  }

  private static String keys(PickleDict dict) {
    List<String> keys = new ArrayList<>();
    for (PickleDict.Entry entry : dict.entries()) {
      if (entry.key() instanceof String key) {
        keys.add(ShownName.of(key));
      }
    }
    return keys.stream().limit(10).collect(Collectors.joining(", ", "\"", "\""));
  }
}
