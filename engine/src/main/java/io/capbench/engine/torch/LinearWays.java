package io.capbench.engine.torch;

import ai.djl.engine.EngineException;
import ai.djl.ndarray.NDManager;
import io.capbench.engine.kernel.LinearKernel;
import io.capbench.engine.kernel.RowWorkers;
import io.capbench.engine.kernel.WeightType;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * All ways to a linear layer that there are. Which of them this machine can go, and how fast,
 * {@link LinearTrial} finds out. For one thread at a time; close it to end its threads.
 */
final class LinearWays implements AutoCloseable {
  /** The way that every type can go on every machine. */
  static final String PLAIN = "torch.linear";

  /** PyTorch's kernel for bytes ends the process where rows of weights are not aligned to this. */
  private static final int ALIGNED = 64;

  private static final int ANY = Integer.MAX_VALUE;

  private static final String HEAD =
      """
      class Ops(Module):
        __parameters__ = []
        __buffers__ = []
        training : bool
        _is_full_backward_hook : Optional[bool]
      """;

  private static final String CODE =
      HEAD
          + """
        def linear(self: __torch__.Ops, x: Tensor, w: Tensor) -> Tensor:
          return torch.linear(x, w)
        def product(self: __torch__.Ops, x: Tensor, w: Tensor) -> Tensor:
          return torch.unsqueeze(torch.mv(w, torch.squeeze(x, 0)), 0)
        def blocks(self: __torch__.Ops, x: Tensor, w: Tensor) -> Tensor:
          h = torch.to(x, 6)
          parts = annotate(List[Tensor], [])
          blocks = torch.split(w, 1024, 0)
          for i in range(torch.len(blocks)):
            part = torch.linear(h, torch.to(blocks[i], 6))
            _0 = torch.append(parts, part)
          return torch.cat(parts, 1)
        def widened(self: __torch__.Ops, x: Tensor, w: Tensor) -> Tensor:
          return torch.to((self).blocks(x, w), ops.prim.dtype(x))
        def widened_bytes(self: __torch__.Ops, x: Tensor, w: Tensor, scales: Tensor) -> Tensor:
          return torch.to(torch.mul((self).blocks(x, w), scales), ops.prim.dtype(x))
        def unpacked(self: __torch__.Ops, x: Tensor, w: Tensor, scales: Tensor) -> Tensor:
          return torch.mul(torch.linear(x, torch.to(w, ops.prim.dtype(x))), scales)
        def packed(self: __torch__.Ops, x: Tensor, w: Tensor, scales: Tensor) -> Tensor:
          return torch._weight_int8pack_mm(x, w, scales)
        def single(self: __torch__.Ops, x: Tensor) -> Tensor:
          return torch.contiguous(torch.to(x, 6))
        def room(self: __torch__.Ops, x: Tensor, outputs: int) -> Tensor:
          return torch.empty([torch.size(x, 0), outputs], dtype=6)
        def typed(self: __torch__.Ops, y: Tensor, x: Tensor) -> Tensor:
          return torch.to(y, ops.prim.dtype(x))
        def scaled(self: __torch__.Ops, y: Tensor, scales: Tensor, x: Tensor) -> Tensor:
          return torch.to(torch.mul(y, scales), ops.prim.dtype(x))
      """;

  private static final String ONEDNN =
      HEAD
          + """
        def inner_product(self: __torch__.Ops, x: Tensor, w: Tensor) -> Tensor:
          return ops.mkldnn._linear_pointwise(x, w, None, "none", annotate(List[Optional[number]], []), "")
      """;

  private final ScriptMethods script;
  private final NDManager manager;
  private final RowWorkers workers;
  private final Map<NumberType, List<LinearWay>> ways = new LinkedHashMap<>();
  private final Map<String, String> missing = new LinkedHashMap<>();

  /**
   * Gathers them.
   *
   * @param manager on the processor; owns the operations
   * @param threads that compute together
   */
  LinearWays(NDManager manager, int threads) {
    this.manager = manager;
    this.script = new ScriptMethods(manager, CODE);
    this.workers = new RowWorkers(threads);
    ways.put(NumberType.F32, whole(WeightType.F32));
    ways.put(NumberType.BF16, whole(WeightType.BF16));
    ways.put(NumberType.F16, whole(WeightType.F16));
    List<LinearWay> bytes = new ArrayList<>();
    bytes.add(new ScriptWay("bytes unpacked, torch.linear", script, "unpacked", ANY, 1));
    bytes.add(new ScriptWay("bytes widened to f32, torch.linear", script, "widened_bytes", ANY, 1));
    bytes.add(new ScriptWay("torch._weight_int8pack_mm", script, "packed", ANY, ALIGNED));
    addKernel(bytes, WeightType.INT8);
    ways.put(NumberType.INT8, bytes);
  }

  /** The ways of weights of a type, the one that is always possible first. */
  List<LinearWay> of(NumberType type) {
    return ways.getOrDefault(type, List.of());
  }

  /** Names of ways that this Java or this build of PyTorch does not have at all, and why. */
  Map<String, String> missing() {
    return missing;
  }

  private List<LinearWay> whole(WeightType type) {
    List<LinearWay> list = new ArrayList<>();
    list.add(new ScriptWay(PLAIN, script, "linear", ANY, 1));
    list.add(new ScriptWay("torch.mv", script, "product", 1, 1));
    if (type != WeightType.F32) {
      list.add(new ScriptWay("widened to f32, torch.linear", script, "widened", ANY, 1));
    }
    if (type != WeightType.F16) {
      addInnerProduct(list);
    }
    addKernel(list, type);
    return list;
  }

  private void addInnerProduct(List<LinearWay> list) {
    String name = "oneDNN inner product";
    try {
      list.add(new ScriptWay(name, new ScriptMethods(manager, ONEDNN), "inner_product", ANY, 1));
    } catch (EngineException e) {
      missing.put(name, "PyTorch is built without oneDNN");
    }
  }

  private void addKernel(List<LinearWay> list, WeightType type) {
    try {
      list.add(new VectorWay(LinearKernel.load(type, workers), script));
    } catch (UnsupportedOperationException e) {
      missing.put(VectorWay.NAME, String.valueOf(e.getMessage()));
    }
  }

  @Override
  public void close() {
    workers.close();
  }
}
