package io.capbench.engine.torch;

import ai.djl.ndarray.NDArray;
import org.jspecify.annotations.Nullable;

/**
 * A linear layer by operations of PyTorch.
 *
 * @param method of {@code (x, w)}, or of {@code (x, w, scales)} for bytes
 * @param most rows that it takes
 * @param multiple what M and K have to be multiples of
 */
record ScriptWay(String name, ScriptMethods script, String method, int most, int multiple)
    implements LinearWay {
  @Override
  public boolean takes(long rows, long outputs, long columns) {
    return rows <= most && outputs % multiple == 0 && columns % multiple == 0;
  }

  @Override
  public NDArray apply(NDArray x, NDArray w, @Nullable NDArray scales) {
    return scales == null
        ? script.tensor(x.getManager(), method, x, w)
        : script.tensor(x.getManager(), method, x, w, scales);
  }
}
