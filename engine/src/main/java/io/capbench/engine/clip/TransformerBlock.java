package io.capbench.engine.clip;

import ai.djl.ndarray.NDArray;
import io.capbench.engine.torch.Layers;
import io.capbench.engine.torch.Ops;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A residual attention block: x + attention(norm(x)), then x + mlp(norm(x)). As {@code
 * ResidualAttentionBlock} of open_clip's transformer.py.
 */
final class TransformerBlock {
  private final TransformerConfig config;
  private final Ops ops;
  private final NDArray[] attentionNorm;
  private final NDArray[] projectIn;
  private final NDArray[] projectOut;
  private final NDArray[] mlpNorm;
  private final NDArray[] widen;
  private final NDArray[] narrow;
  private final @Nullable NDArray attentionScale;
  private final @Nullable NDArray mlpScale;

  /**
   * Takes its weights.
   *
   * @param prefix "visual.transformer.resblocks.0."
   */
  TransformerBlock(TransformerConfig config, WeightSource weights, String prefix, Ops ops) {
    this.config = config;
    this.ops = ops;
    this.attentionNorm = weights.pair(prefix + "ln_1.");
    this.projectIn =
        new NDArray[] {
          weights.get(prefix + "attn.in_proj_weight"), weights.get(prefix + "attn.in_proj_bias")
        };
    this.projectOut = weights.pair(prefix + "attn.out_proj.");
    this.mlpNorm = weights.pair(prefix + "ln_2.");
    this.widen = weights.pair(prefix + "mlp.c_fc.");
    this.narrow = weights.pair(prefix + "mlp.c_proj.");
    this.attentionScale = config.layerScale() ? weights.get(prefix + "ls_1.gamma") : null;
    this.mlpScale = config.layerScale() ? weights.get(prefix + "ls_2.gamma") : null;
  }

  /**
   * Computes the block fast, without gradients.
   *
   * @param x [B, N, W]
   * @param causal whether a position sees only those before it
   * @return [B, N, W]
   */
  NDArray forward(NDArray x, boolean causal) {
    return Layers.scratch(
        () -> {
          List<NDArray> qkv = heads(x);
          NDArray mixed = ops.attention(qkv.get(0), qkv.get(1), qkv.get(2), causal);
          NDArray y = x.add(scaled(joined(mixed), attentionScale));
          NDArray wide = config.activation().apply(linear(norm(y, mlpNorm), widen), ops);
          return y.add(scaled(linear(wide, narrow), mlpScale));
        });
  }

  /**
   * Computes the block from operations that have gradients and shows what it attends to.
   *
   * @param x [B, N, W]
   * @param block number of this block
   * @param mask [N, N] added to logits: 0, or negative infinity where a position is not seen; null
   *     where all are
   * @return [B, N, W]
   */
  NDArray forward(NDArray x, int block, @Nullable NDArray mask, AttentionHook hook) {
    return Layers.scratch(
        () -> {
          List<NDArray> qkv = heads(x);
          double scale = 1 / Math.sqrt((double) config.width() / config.heads());
          NDArray logits = Layers.scale(qkv.get(0), scale).matMul(qkv.get(1).swapAxes(2, 3));
          NDArray seen = mask == null ? logits : logits.add(mask);
          NDArray mixed = hook.attend(block, Layers.softmax(seen), qkv.get(2));
          NDArray y = x.add(scaled(joined(mixed), attentionScale));
          NDArray wide = config.activation().differentiable(linear(norm(y, mlpNorm), widen));
          return y.add(scaled(linear(wide, narrow), mlpScale));
        });
  }

  /** Queries, keys and values, [B, A, N, C] each. */
  private List<NDArray> heads(NDArray x) {
    long batch = x.getShape().get(0);
    long positions = x.getShape().get(1);
    long perHead = config.width() / config.heads();
    return Layers.parts(linear(norm(x, attentionNorm), projectIn), 3).stream()
        // [B, N, W] -> [B, N, A, C] -> [B, A, N, C]
        .map(part -> part.reshape(batch, positions, config.heads(), perHead).swapAxes(1, 2))
        .toList();
  }

  /** Puts heads side by side again and projects: [B, A, N, C] to [B, N, W]. */
  private NDArray joined(NDArray heads) {
    long batch = heads.getShape().get(0);
    long positions = heads.getShape().get(2);
    return linear(heads.swapAxes(1, 2).reshape(batch, positions, config.width()), projectOut);
  }

  private NDArray norm(NDArray x, NDArray[] weights) {
    return Layers.layerNorm(x, weights[0], weights[1], config.epsilon());
  }

  private static NDArray linear(NDArray x, NDArray[] weights) {
    return Layers.linear(x, weights[0], weights[1]);
  }

  private static NDArray scaled(NDArray x, @Nullable NDArray scale) {
    return scale == null ? x : x.mul(scale);
  }
}
