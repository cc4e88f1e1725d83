package io.capbench.engine.explain;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.NDScope;
import io.capbench.engine.clip.AttentionHook;
import io.capbench.engine.torch.GradientMode;
import java.util.ArrayList;
import java.util.List;

/**
 * Keeps what every block attends to and adds a leaf of zeros to it, whose gradient is that of the
 * attention. (To ask a result in the middle of a network for its gradient is not possible in DJL,
 * and to cut it off there would lose the gradient of the blocks before.)
 */
final class AttentionProbes implements AttentionHook {
  private final NDManager manager;
  private final List<NDArray> attentions = new ArrayList<>();
  private final List<NDArray> leaves = new ArrayList<>();

  /**
   * Probes for one forward pass.
   *
   * @param manager owns the leaves; the attentions belong to that of the pixels
   */
  AttentionProbes(NDManager manager) {
    this.manager = manager;
  }

  @Override
  public NDArray attention(int block, NDArray probabilities) {
    NDArray leaf = manager.zeros(probabilities.getShape());
    leaf.setRequiresGradient(true);
    NDScope.unregister(probabilities, leaf);
    attentions.add(probabilities);
    leaves.add(leaf);
    return probabilities.add(leaf);
  }

  /** L, the number of blocks. */
  int blocks() {
    return leaves.size();
  }

  /**
   * Mean over heads.
   *
   * @return [1, N, N]
   */
  NDArray meanAttention(int block) {
    return attentions.get(block).mean(new int[] {1});
  }

  /**
   * What Chefer et al. call E_h of the positive part of gradient times attention; clears the
   * gradient.
   *
   * @return [1, N, N]
   */
  NDArray relevance(int block) {
    NDArray leaf = leaves.get(block);
    try (NDArray gradient = leaf.getGradient()) {
      NDArray positive = attentions.get(block).mul(gradient).maximum(0);
      GradientMode.clear(leaf);
      return positive.mean(new int[] {1});
    }
  }
}
