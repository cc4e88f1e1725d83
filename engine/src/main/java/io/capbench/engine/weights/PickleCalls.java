package io.capbench.engine.weights;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a checkpoint's pickle may name, and what comes of it. Two kinds: what tensors are made of,
 * which is understood; and plain data that training programs put beside them, which stays a name
 * with attributes and is never made. Everything else is refused by its name.
 */
final class PickleCalls {
  private static final String TORCH = "torch";

  /** Modules of TorchScript archives: every class there is a bag of attributes. */
  private static final String SCRIPT = "__torch__";

  private static final Map<String, TensorType> STORAGES =
      Map.of(
          "DoubleStorage", TensorType.F64,
          "FloatStorage", TensorType.F32,
          "HalfStorage", TensorType.F16,
          "BFloat16Storage", TensorType.BF16,
          "LongStorage", TensorType.I64,
          "IntStorage", TensorType.I32,
          "ShortStorage", TensorType.I16,
          "CharStorage", TensorType.I8,
          "ByteStorage", TensorType.U8,
          "BoolStorage", TensorType.BOOL);

  private static final Map<String, TensorType> TYPES =
      Map.ofEntries(
          Map.entry("float64", TensorType.F64),
          Map.entry("double", TensorType.F64),
          Map.entry("float32", TensorType.F32),
          Map.entry("float", TensorType.F32),
          Map.entry("float16", TensorType.F16),
          Map.entry("half", TensorType.F16),
          Map.entry("bfloat16", TensorType.BF16),
          Map.entry("int64", TensorType.I64),
          Map.entry("long", TensorType.I64),
          Map.entry("int32", TensorType.I32),
          Map.entry("int", TensorType.I32),
          Map.entry("int16", TensorType.I16),
          Map.entry("short", TensorType.I16),
          Map.entry("int8", TensorType.I8),
          Map.entry("uint8", TensorType.U8),
          Map.entry("bool", TensorType.BOOL));

  private static final Set<String> UNDERSTOOD =
      Set.of(
          "collections.OrderedDict",
          "torch._utils._rebuild_tensor",
          "torch._utils._rebuild_tensor_v2",
          "torch._utils._rebuild_tensor_v3",
          "torch._utils._rebuild_parameter",
          "torch._utils._rebuild_parameter_with_state",
          "torch._tensor._rebuild_from_type_v2",
          "torch.storage.UntypedStorage",
          "torch.UntypedStorage",
          "torch.Size",
          "torch.jit._pickle.build_intlist",
          "torch.jit._pickle.build_floatlist",
          "torch.jit._pickle.build_boollist",
          "torch.jit._pickle.build_tensorlist",
          "torch.jit._pickle.restore_type_tag");

  /** Arguments of a run, counters, metrics: data without a say in what the weights are. */
  private static final Set<String> INERT =
      Set.of(
          "argparse.Namespace",
          "types.SimpleNamespace",
          "collections.defaultdict",
          "collections.Counter",
          "pathlib.PosixPath",
          "pathlib.WindowsPath",
          "datetime.datetime",
          "datetime.date",
          "datetime.timedelta",
          "torch.device",
          "torch.Tensor",
          "torch.nn.parameter.Parameter",
          "torch.nn.parameter.Buffer",
          "torch.serialization._get_layout",
          "numpy.dtype",
          "numpy.ndarray",
          "numpy.core.multiarray.scalar",
          "numpy.core.multiarray._reconstruct",
          "numpy._core.multiarray.scalar",
          "numpy._core.multiarray._reconstruct",
          "_codecs.encode");

  private static final Set<String> PLAIN_TYPES =
      Set.of(
          "set",
          "frozenset",
          "list",
          "dict",
          "tuple",
          "int",
          "float",
          "bool",
          "str",
          "bytes",
          "bytearray",
          "complex",
          "slice",
          "range",
          "object");

  private final TorchFault fault;
  private final Map<String, TorchStorage> storages = new HashMap<>();

  PickleCalls(TorchFault fault) {
    this.fault = fault;
  }

  /**
   * Lets a name pass.
   *
   * @throws io.capbench.storage.model.CapbenchException if it is not on the list
   */
  PickleGlobal global(String module, String name) {
    PickleGlobal global = new PickleGlobal(module, name);
    String qualified = global.qualified();
    boolean builtin = module.equals("builtins") || module.equals("__builtin__");
    if (UNDERSTOOD.contains(qualified)
        || INERT.contains(qualified)
        || (builtin && PLAIN_TYPES.contains(name))
        || (module.equals(TORCH) && (STORAGES.containsKey(name) || TYPES.containsKey(name)))
        || module.equals("numpy.dtypes")
        || module.equals(SCRIPT)
        || module.startsWith(SCRIPT + ".")) {
      return global;
    }
    throw fault.refused(global);
  }

  /** What {@code callable(*arguments)} would be. */
  Object call(Object callable, Object arguments) {
    if (!(callable instanceof PickleGlobal global) || !(arguments instanceof PickleTuple tuple)) {
      throw fault.damaged("its pickle calls what is no function");
    }
    List<Object> items = tuple.items();
    return switch (global.qualified()) {
      case "collections.OrderedDict" -> dict(items);
      case "torch._utils._rebuild_tensor", "torch._utils._rebuild_tensor_v2" -> tensor(items, null);
      case "torch._utils._rebuild_tensor_v3" -> tensor(items, type(argument(items, 6)));
      case "torch._utils._rebuild_parameter", "torch._utils._rebuild_parameter_with_state" ->
          argument(items, 0);
      case "torch._tensor._rebuild_from_type_v2" -> subclass(items);
      case "torch.Size",
          "torch.jit._pickle.build_intlist",
          "torch.jit._pickle.build_floatlist",
          "torch.jit._pickle.build_boollist",
          "torch.jit._pickle.build_tensorlist",
          "torch.jit._pickle.restore_type_tag" ->
          argument(items, 0);
      default -> new PickleObject(global);
    };
  }

  /** A tensor of a subclass: {@code (function, class, arguments, state)}. */
  private Object subclass(List<Object> items) {
    if (argument(items, 0) instanceof PickleGlobal function
        && function.name().equals("_rebuild_from_type_v2")) {
      throw fault.damaged("its pickle makes a tensor of a subclass of a subclass");
    }
    return call(argument(items, 0), argument(items, 2));
  }

  /** What {@code class.__new__(class, *arguments)} would be. */
  Object newObject(Object type) {
    if (!(type instanceof PickleGlobal global)) {
      throw fault.damaged("its pickle makes an object of what is no class");
    }
    return global.qualified().equals("collections.OrderedDict")
        ? new PickleDict()
        : new PickleObject(global);
  }

  /** Every storage that was named so far, by its key. */
  Map<String, TorchStorage> storages() {
    return storages;
  }

  /** What a persistent id stands for: {@code ('storage', type, key, location, elements, ...)}. */
  Object storage(Object id) {
    if (!(id instanceof PickleTuple tuple)
        || tuple.items().size() < 5
        || !"storage".equals(tuple.items().get(0))
        || !(tuple.items().get(1) instanceof PickleGlobal type)
        || !(tuple.items().get(2) instanceof String key)
        || !(tuple.items().get(4) instanceof Long elements)
        || elements < 0) {
      throw fault.damaged("its pickle refers to something that is no storage");
    }
    if (tuple.items().size() > 5 && tuple.items().get(5) != PickleNone.NONE) {
      throw fault.unsupported("holds views of storages, as PyTorch before 0.4 wrote them");
    }
    TorchStorage storage = new TorchStorage(STORAGES.get(type.name()), key, elements);
    TorchStorage before = storages.putIfAbsent(key, storage);
    if (before != null && !before.equals(storage)) {
      throw fault.damaged("its pickle says two things of storage " + ShownName.of(key));
    }
    return storage;
  }

  private TorchTensor tensor(List<Object> items, @Nullable TensorType type) {
    if (argument(items, 0) instanceof TorchStorage storage
        && argument(items, 1) instanceof Long offset) {
      try {
        return TorchTensor.of(
            storage, type, offset, numbers(argument(items, 2)), numbers(argument(items, 3)));
      } catch (IllegalArgumentException | ArithmeticException e) {
        throw fault.damaged("it describes " + e.getMessage(), e);
      }
    }
    throw fault.damaged("its pickle makes a tensor without a storage");
  }

  private TensorType type(Object name) {
    TensorType type = name instanceof PickleGlobal global ? TYPES.get(global.name()) : null;
    if (type == null) {
      throw fault.damaged("its pickle makes a tensor of no type");
    }
    return type;
  }

  private List<Long> numbers(Object tuple) {
    List<Long> numbers = new ArrayList<>();
    List<?> items = tuple instanceof PickleTuple held ? held.items() : list(tuple);
    if (items.size() > 64) {
      throw fault.damaged("its pickle describes a tensor with " + items.size() + " sizes");
    }
    for (Object item : items) {
      if (!(item instanceof Long number)) {
        throw fault.damaged("its pickle describes a tensor with sizes that are no numbers");
      }
      numbers.add(number);
    }
    return numbers;
  }

  private PickleDict dict(List<Object> items) {
    PickleDict dict = new PickleDict();
    if (!items.isEmpty()) {
      for (Object pair : list(items.get(0))) {
        List<?> both = pair instanceof PickleTuple tuple ? tuple.items() : list(pair);
        if (both.size() != 2) {
          throw fault.damaged("its pickle makes a dictionary of what are no pairs");
        }
        dict.put(both.get(0), both.get(1));
      }
    }
    return dict;
  }

  private List<?> list(Object value) {
    if (value instanceof List<?> list) {
      return list;
    }
    throw fault.damaged("its pickle has something else where a list belongs");
  }

  private Object argument(List<Object> items, int index) {
    if (index >= items.size()) {
      throw fault.damaged("its pickle calls a function with too few arguments");
    }
    return items.get(index);
  }
}
