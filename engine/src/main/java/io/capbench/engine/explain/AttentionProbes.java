package io.capbench.engine.explain;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.NDScope;
import io.capbench.engine.clip.AttentionHook;
import io.capbench.engine.torch.GradientMode;
import java.util.ArrayList;
import java.util.List;

/**
 * Keeps what every block attends to, and finds its gradient. To the product of attention and values
 * a leaf of zeros is added; by the rule of the product, the gradient of the attention is that of
 * the leaf times the values, transposed. (DJL cannot ask a result in the middle of a network for
 * its gradient, and to cut the network there would lose that of the blocks before. A leaf beside
 * the attention itself would do too, and take N / C times the memory three times over.)
 */
final class AttentionProbes implements AttentionHook {
  private final NDManager manager;
  private final List<Probe> probes = new ArrayList<>();

  /**
   * One block.
   *
   * @param attention [1, A, N, N]
   * @param values [1, A, N, C]
   * @param leaf [1, A, N, C] zeros
   */
  private record Probe(NDArray attention, NDArray values, NDArray leaf) {}

  /**
   * Probes for one forward pass.
   *
   * @param manager owns the leaves; the rest belongs to that of the pixels
   */
  AttentionProbes(NDManager manager) {
    this.manager = manager;
  }

  @Override
  public NDArray attend(int block, NDArray probabilities, NDArray values) {
    NDArray leaf = manager.zeros(values.getShape());
    leaf.setRequiresGradient(true);
    NDScope.unregister(probabilities, values, leaf);
    probes.add(new Probe(probabilities, values, leaf));
    return probabilities.matMul(values).add(leaf);
  }

  /** L, the number of blocks. */
  int blocks() {
    return probes.size();
  }

  /**
   * Mean over heads.
   *
   * @return [1, N, N]
   */
  NDArray meanAttention(int block) {
    return probes.get(block).attention().mean(new int[] {1});
  }

  /**
   * What Chefer et al. call E_h of the positive part of gradient times attention; clears the
   * gradient.
   *
   * @return [1, N, N]
   */
  NDArray relevance(int block) {
    Probe probe = probes.get(block);
    try (NDArray mixed = probe.leaf().getGradient()) {
      NDArray gradient = mixed.matMul(probe.values().swapAxes(2, 3));
      GradientMode.clear(probe.leaf());
      return gradient.mul(probe.attention()).maximum(0).mean(new int[] {1});
    }
  }
}
