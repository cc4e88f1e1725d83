package io.capbench.engine.torch;

import ai.djl.engine.EngineException;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Linear layers by oneDNN's inner product, asked for directly. {@code torch.linear} takes other
 * ways, which read weights at half the speed of memory or less when there are few rows of input
 * (docs/benchmarks.md). Not every build of PyTorch has it.
 */
final class DirectLinear {
  private static final Logger LOG = LoggerFactory.getLogger(DirectLinear.class);

  /** Where it is faster: one row in bfloat16, a few in single precision. */
  private static final String CODE =
      """
      class Ops(Module):
        __parameters__ = []
        __buffers__ = []
        training : bool
        _is_full_backward_hook : Optional[bool]
        def linear(self: __torch__.Ops, x: Tensor, w: Tensor) -> Tensor:
          type = ops.prim.dtype(x)
          if torch.eq(type, 15):
            rows = 1
          elif torch.eq(type, 6):
            rows = 12
          else:
            rows = 0
          if torch.le(torch.size(x, 0), rows):
            y = ops.mkldnn._linear_pointwise(x, w, None, "none", annotate(List[Optional[number]], []), "")
          else:
            y = torch.linear(x, w)
          return y
      """;

  private final ScriptMethods script;

  private DirectLinear(ScriptMethods script) {
    this.script = script;
  }

  /** Looks whether this build of PyTorch has it. */
  static Optional<DirectLinear> load(NDManager manager) {
    try {
      return Optional.of(new DirectLinear(new ScriptMethods(manager, CODE)));
    } catch (EngineException e) {
      LOG.debug("PyTorch is built without oneDNN", e);
      return Optional.empty();
    }
  }

  /** x [N, K] w^T [K, M], as [N, M]. */
  NDArray apply(NDArray x, NDArray w) {
    return script.tensor(x.getManager(), "linear", x, w);
  }
}
