package io.capbench.engine.torch;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.jni.JniUtils;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The operations that decoders of text are written with. DJL lacks them, or aborts the process on
 * bfloat16; here every type works. Dimension letters: N tokens, W width, H heads, G heads of keys
 * and values, C numbers of a head, R rows, K tokens of a row, V vocabulary.
 *
 * <p>Results belong to the manager of the first tensor, keep no gradient unless that is wanted, and
 * are not to be changed in place by anything but {@link #store} and {@link #copyCells}. Safe for
 * several threads as long as each uses managers of its own.
 */
public final class DecoderOps {
  private static final String CODE =
      """
      class Ops(Module):
        __parameters__ = []
        __buffers__ = []
        training : bool
        _is_full_backward_hook : Optional[bool]
        def zeros(self: __torch__.Ops, shape: List[int], type: int, device: str) -> Tensor:
          return torch.zeros(shape, dtype=type, device=torch.device(device))
        def cast(self: __torch__.Ops, x: Tensor, type: int) -> Tensor:
          return torch.to(x, type)
        def linear(self: __torch__.Ops, x: Tensor, w: Tensor) -> Tensor:
          return torch.linear(x, w)
        def linear_bias(self: __torch__.Ops, x: Tensor, w: Tensor, b: Tensor) -> Tensor:
          return torch.linear(x, w, b)
        def embed(self: __torch__.Ops, ids: Tensor, table: Tensor) -> Tensor:
          return torch.embedding(table, ids)
        def pick(self: __torch__.Ops, x: Tensor, rows: Tensor) -> Tensor:
          return torch.index_select(x, 0, rows)
        def rms_norm(self: __torch__.Ops, x: Tensor, w: Tensor, epsilon: Tensor) -> Tensor:
          h = torch.to(x, 6)
          square = torch.mean(torch.mul(h, h), [-1], True)
          n = torch.mul(h, torch.rsqrt(torch.add(square, epsilon)))
          return torch.mul(torch.to(n, ops.prim.dtype(x)), w)
        def angles(self: __torch__.Ops, positions: Tensor, frequencies: Tensor) -> Tensor:
          a = torch.mul(torch.unsqueeze(positions, -1), frequencies)
          return torch.unsqueeze(torch.cat([a, a], -1), 1)
        def cosine(self: __torch__.Ops, x: Tensor, type: int) -> Tensor:
          return torch.to(torch.cos(x), type)
        def sine(self: __torch__.Ops, x: Tensor, type: int) -> Tensor:
          return torch.to(torch.sin(x), type)
        def rotate(self: __torch__.Ops, x: Tensor, cosine: Tensor, sine: Tensor) -> Tensor:
          c = torch.size(sine, 2)
          h = torch.view(x, [torch.size(x, 0), -1, c])
          half = torch.floordiv(c, 2)
          turned = torch.cat([torch.neg(torch.narrow(h, -1, half, half)), torch.narrow(h, -1, 0, half)], -1)
          return torch.add(torch.mul(h, cosine), torch.mul(turned, sine))
        def store(self: __torch__.Ops, x: Tensor, cells: Tensor, cache: Tensor) -> Tensor:
          return torch.index_copy_(cache, 0, cells, torch.view(x, [torch.size(x, 0), torch.size(cache, 1), torch.size(cache, 2)]))
        def copy_cells(self: __torch__.Ops, cache: Tensor, source: int, target: int, n: int) -> Tensor:
          return torch.copy_(torch.narrow(cache, 0, target, n), torch.narrow(cache, 0, source, n))
        def mask(self: __torch__.Ops, m: Tensor, groups: int, type: int) -> Tensor:
          r = torch.size(m, 0)
          k = torch.size(m, 1)
          n = torch.size(m, 2)
          wide = torch.expand(torch.view(torch.to(m, type), [r, 1, k, 1, n]), [r, 1, k, groups, n])
          return torch.reshape(wide, [r, 1, torch.mul(k, groups), n])
        def attend(self: __torch__.Ops, q: Tensor, keys: Tensor, values: Tensor, mask: Tensor, span: List[int], room: int) -> Tensor:
          g = torch.size(keys, 1)
          c = torch.size(keys, 2)
          r = torch.size(mask, 0)
          kg = torch.size(mask, 2)
          n = torch.size(mask, 3)
          groups = torch.floordiv(torch.size(q, 1), g)
          k = torch.floordiv(kg, groups)
          own = torch.view(torch.narrow(q, 0, span[0], torch.mul(r, k)), [r, k, g, groups, c])
          query = torch.reshape(torch.transpose(own, 1, 2), [r, g, kg, c])
          slots = [torch.floordiv(torch.size(keys, 0), room), room, g, c]
          key = torch.transpose(torch.narrow(torch.narrow(torch.view(keys, slots), 0, span[1], r), 1, 0, n), 1, 2)
          value = torch.transpose(torch.narrow(torch.narrow(torch.view(values, slots), 0, span[1], r), 1, 0, n), 1, 2)
          out = torch.scaled_dot_product_attention(query, key, value, mask)
          back = torch.transpose(torch.view(out, [r, g, k, groups, c]), 1, 2)
          return torch.reshape(back, [torch.mul(r, k), torch.mul(torch.mul(g, groups), c)])
        def attend_texts(self: __torch__.Ops, q: Tensor, k: Tensor, v: Tensor) -> Tensor:
          groups = torch.floordiv(torch.size(q, 2), torch.size(k, 2))
          key = torch.repeat_interleave(torch.transpose(k, 1, 2), groups, 1)
          value = torch.repeat_interleave(torch.transpose(v, 1, 2), groups, 1)
          out = torch.scaled_dot_product_attention(torch.transpose(q, 1, 2), key, value, None, 0., True)
          tokens = torch.mul(torch.size(q, 0), torch.size(q, 1))
          return torch.reshape(torch.transpose(out, 1, 2), [tokens, -1])
        def loss(self: __torch__.Ops, logits: Tensor, tokens: Tensor) -> Tensor:
          return torch.cross_entropy_loss(logits, tokens)
        def swiglu(self: __torch__.Ops, gate: Tensor, up: Tensor) -> Tensor:
          return torch.mul(torch.silu(gate), up)
        def candidates(self: __torch__.Ops, logits: Tensor, sums: Tensor, rows: int, n: int, type: int) -> Tuple[Tensor, Tensor]:
          p = torch.log_softmax(torch.to(logits, type), -1)
          s = torch.view(torch.add(p, torch.unsqueeze(sums, 1)), [rows, -1])
          best, index = torch.topk(s, n, 1, True, True)
          return (torch.to(best, 6), index)
        def best(self: __torch__.Ops, logits: Tensor) -> Tuple[Tensor, Tensor]:
          return (torch.to(torch.amax(logits, [-1]), 6), torch.argmax(logits, -1))
        def scales(self: __torch__.Ops, w: Tensor) -> Tensor:
          most = torch.maximum(torch.amax(w, [-1]), torch.neg(torch.amin(w, [-1])))
          return torch.clamp_min(torch.div(torch.to(most, 6), 127.), 1e-12)
        def quantize(self: __torch__.Ops, w: Tensor, scales: Tensor) -> Tensor:
          q = torch.round_(torch.div(torch.to(w, 6), torch.unsqueeze(scales, 1)))
          return torch.to(torch.clamp_(q, -127, 127), 1)
        def copy(self: __torch__.Ops, x: Tensor) -> Tensor:
          return torch.clone(x)
        def linear_unpacked(self: __torch__.Ops, x: Tensor, w: Tensor, scales: Tensor) -> Tensor:
          return torch.mul(torch.linear(x, torch.to(w, ops.prim.dtype(x))), scales)
      """;

  private final ScriptMethods script;
  private final @Nullable LinearLayers layers;
  private final boolean recorded;

  /** Loads the operations, linear layers in PyTorch's own way; freed with the manager. */
  public DecoderOps(NDManager manager) {
    this(manager, null, false);
  }

  /**
   * Loads the operations; they are freed with the manager.
   *
   * @param layers linear layers in this machine's fastest ways; stay the caller's
   */
  public DecoderOps(NDManager manager, LinearLayers layers) {
    this(manager, layers, false);
  }

  /**
   * Loads operations for training, freed with the manager: gradients pass through those of layers
   * ({@link #linear}, {@link #embed}, {@link #pick}, {@link #rmsNorm}, {@link #angles}, {@link
   * #rotate}, {@link #attendTexts}, {@link #swiglu}, {@link #loss}) on threads that record, see
   * {@link GradientMode}.
   */
  public static DecoderOps recorded(NDManager manager) {
    return new DecoderOps(manager, null, true);
  }

  private DecoderOps(NDManager manager, @Nullable LinearLayers layers, boolean recorded) {
    this.script = new ScriptMethods(manager, CODE);
    this.layers = layers;
    this.recorded = recorded;
  }

  private NDArray layer(NDManager owner, String method, NDArray... x) {
    return recorded
        ? script.recorded(owner, method, x)
        : script.tensor(owner, method, (Object[]) x);
  }

  /** Zeros on the manager's device. */
  public NDArray zeros(NDManager manager, Shape shape, NumberType type) {
    return script.tensor(
        manager, "zeros", shape.getShape(), type.code(), TorchDevice.torchName(manager));
  }

  /** The same numbers in another type; itself if it has that type. */
  public NDArray cast(NDArray x, NumberType type) {
    return script.tensor(x.getManager(), "cast", x, type.code());
  }

  /** x [N, K] w^T [K, M], as [N, M]. */
  public NDArray linear(NDArray x, NDArray w) {
    return layers == null ? layer(x.getManager(), "linear", x, w) : layers.apply(x, w, null);
  }

  /** x [N, K] w^T [K, M] + b [M], as [N, M]. */
  public NDArray linear(NDArray x, NDArray w, NDArray b) {
    return layers == null ? layer(x.getManager(), "linear_bias", x, w, b) : linear(x, w).add(b);
  }

  /** Rows of a table [V, W] by their numbers [N], as [N, W]. */
  public NDArray embed(NDArray ids, NDArray table) {
    return layer(ids.getManager(), "embed", ids, table);
  }

  /** Rows of x [N, ...] by their numbers [M], as [M, ...]. */
  public NDArray pick(NDArray x, NDArray rows) {
    return layer(x.getManager(), "pick", x, rows);
  }

  /**
   * x / sqrt(mean(x^2) + epsilon) * w over the last axis, the mean in single precision (Zhang and
   * Sennrich, "Root Mean Square Layer Normalization", 2019).
   */
  public NDArray rmsNorm(NDArray x, NDArray w, double epsilon) {
    // Not create(float), whose memory is Java's: what is recorded would lose it.
    try (NDArray constant = x.getManager().full(new Shape(), (float) epsilon)) {
      return layer(x.getManager(), "rms_norm", x, w, constant);
    }
  }

  /**
   * The angles of rotary embeddings.
   *
   * @param positions [N], single precision
   * @param frequencies [1, C / 2], or [N, C / 2] where they depend on the position
   * @return [N, 1, C]
   */
  public NDArray angles(NDArray positions, NDArray frequencies) {
    return layer(positions.getManager(), "angles", positions, frequencies);
  }

  /** Cosines in a type. */
  public NDArray cosine(NDArray x, NumberType type) {
    return script.tensor(x.getManager(), "cosine", x, type.code());
  }

  /** Sines in a type. */
  public NDArray sine(NDArray x, NumberType type) {
    return script.tensor(x.getManager(), "sine", x, type.code());
  }

  /**
   * Turns pairs of numbers by an angle (Su et al., "RoFormer", 2021, in the order of transformers:
   * the first half of a head's numbers pairs with the second).
   *
   * @param x [N, heads * C]
   * @param cosine [N, 1, C]
   * @param sine [N, 1, C]
   * @return [N, heads, C]
   */
  public NDArray rotate(NDArray x, NDArray cosine, NDArray sine) {
    return layer(x.getManager(), "rotate", x, cosine, sine);
  }

  /**
   * Writes keys or values into cells of a cache.
   *
   * @param x [N, G, C] or [N, G * C]
   * @param cells [N] numbers of cells, all different
   * @param cache [all cells, G, C], changed in place
   */
  public void store(NDArray x, NDArray cells, NDArray cache) {
    script.run("store", x, cells, cache);
  }

  /** Copies cells of a cache [all cells, G, C] to others of it that do not overlap, in place. */
  public void copyCells(NDArray cache, long source, long target, long n) {
    script.run("copy_cells", cache, source, target, n);
  }

  /**
   * A mask for {@link #attend}.
   *
   * @param m [R, K, n], single precision: 0 where a token sees a cell, else negative infinity
   * @param groups heads of queries to a head of keys
   * @return [R, 1, K * groups, n]
   */
  public NDArray mask(NDArray m, int groups, NumberType type) {
    return script.tensor(m.getManager(), "mask", m, groups, type.code());
  }

  /**
   * softmax(q k^T / sqrt(C) + mask) v over the first n cells of R slots of a cache, K tokens a
   * slot. The heads of queries that share a head of keys count as tokens of it, so keys and values
   * are read once and never repeated.
   *
   * @param q [N, H, C]
   * @param keys [slots * room, G, C]
   * @param values as {@code keys}
   * @param mask as {@link #mask} makes it
   * @param firstToken the first of the R * K tokens of {@code q} that are meant, slot by slot
   * @param firstSlot the first of the R slots
   * @param room cells of a slot
   * @return [R * K, H * C]
   */
  public NDArray attend(
      NDArray q,
      NDArray keys,
      NDArray values,
      NDArray mask,
      long firstToken,
      long firstSlot,
      long room) {
    return script.tensor(
        q.getManager(), "attend", q, keys, values, mask, new long[] {firstToken, firstSlot}, room);
  }

  /**
   * softmax(q k^T / sqrt(C)) v where every token sees those before it in its text and itself.
   *
   * @param q [R, K, H, C], R texts of K tokens
   * @param k [R, K, G, C]
   * @param v [R, K, G, C]
   * @return [R * K, H * C]
   */
  public NDArray attendTexts(NDArray q, NDArray k, NDArray v) {
    return layer(q.getManager(), "attend_texts", q, k, v);
  }

  /**
   * The mean of -log softmax(logits) at the tokens that were to be said.
   *
   * @param logits [N, V]
   * @param tokens [N]
   * @return []
   */
  public NDArray loss(NDArray logits, NDArray tokens) {
    return layer(logits.getManager(), "loss", logits, tokens);
  }

  /** Parts [., W] one below the other; the only one as it is. */
  public NDArray join(List<NDArray> parts) {
    return parts.size() == 1 ? parts.get(0) : JniUtils.cat(parts.toArray(PtNDArray[]::new), 0);
  }

  /** silu(gate) * up (Shazeer, "GLU Variants Improve Transformer", 2020). */
  public NDArray swiglu(NDArray gate, NDArray up) {
    return layer(gate.getManager(), "swiglu", gate, up);
  }

  /**
   * The n best continuations of each row over all its beams.
   *
   * @param logits [R * beams, V]
   * @param sums [R * beams] of the beams' log probabilities, single precision
   * @param rows R
   * @param n how many
   * @param type what log probabilities are computed in
   * @return sums of log probabilities [R, n], single precision, descending; beam * V + token [R, n]
   */
  public List<NDArray> candidates(NDArray logits, NDArray sums, int rows, int n, NumberType type) {
    return script.tensors(logits.getManager(), "candidates", logits, sums, rows, n, type.code());
  }

  /**
   * The best continuation of each row: the first of its largest numbers.
   *
   * @param logits [N, V]
   * @return the numbers [N], single precision, NaN if one of the row is; where they are [N]
   */
  public List<NDArray> best(NDArray logits) {
    return script.tensors(logits.getManager(), "best", logits);
  }

  /** What the rows of w [M, K] are divided by so that their largest number is 127: [M], single. */
  public NDArray scales(NDArray w) {
    return script.tensor(w.getManager(), "scales", w);
  }

  /** round(w / scales) as signed bytes: [M, K]. */
  public NDArray quantize(NDArray w, NDArray scales) {
    return script.tensor(w.getManager(), "quantize", w, scales);
  }

  /** The same numbers once more, in memory of its own. */
  public NDArray copy(NDArray x) {
    return script.tensor(x.getManager(), "copy", x);
  }

  /**
   * x w^T with bytes as weights.
   *
   * @param x [N, K]
   * @param w [M, K] of signed bytes
   * @param scales [M] in the type of x
   * @return [N, M]
   */
  public NDArray linear8(NDArray x, NDArray w, NDArray scales) {
    return layers == null
        ? script.tensor(x.getManager(), "linear_unpacked", x, w, scales)
        : layers.apply(x, w, scales);
  }
}
