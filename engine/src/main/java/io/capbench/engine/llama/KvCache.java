package io.capbench.engine.llama;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import io.capbench.engine.torch.DecoderOps;
import io.capbench.engine.torch.NumberType;
import java.util.ArrayList;
import java.util.List;

/**
 * Keys and values of the tokens that were computed, for as many rows as there are slots, allocated
 * once. A slot's first cells hold the prompt; what its beams generate follows in the order it was
 * computed, and each beam's mask says which cells are its own. So beams share their prompt and
 * their common past, and nothing moves when they change places.
 *
 * <p>A slot also remembers which prompt it holds, so that another that begins alike can take the
 * beginning over.
 */
final class KvCache implements AutoCloseable {
  private final DecoderOps ops;
  private final NDManager manager;
  private final int room;
  private final List<NDArray> keys = new ArrayList<>();
  private final List<NDArray> values = new ArrayList<>();
  private final int[][] prompts;

  /**
   * Allocates.
   *
   * @param slots rows at the same time
   * @param room cells of each
   */
  KvCache(LlamaModel model, int slots, int room) {
    this.ops = model.ops();
    this.manager = model.newManager();
    this.room = room;
    this.prompts = new int[slots][0];
    LlamaConfig.Attention attention = model.config().attention();
    Shape shape = new Shape((long) slots * room, attention.keyHeads(), attention.headSize());
    NumberType type = model.type();
    for (int i = 0; i < model.config().sizes().layers(); i++) {
      keys.add(ops.zeros(manager, shape, type));
      values.add(ops.zeros(manager, shape, type));
    }
  }

  /** Bytes that a cache takes. */
  static long bytes(LlamaConfig config, int slots, int room, NumberType type) {
    LlamaConfig.Attention attention = config.attention();
    long cell = 2L * attention.keyHeads() * attention.headSize() * type.bytes();
    return cell * config.sizes().layers() * slots * room;
  }

  int slots() {
    return prompts.length;
  }

  /** Cells of a slot. */
  int room() {
    return room;
  }

  /** Keys of a layer, [slots * room, G, C]. */
  NDArray keys(int layer) {
    return keys.get(layer);
  }

  /** Values of a layer, [slots * room, G, C]. */
  NDArray values(int layer) {
    return values.get(layer);
  }

  /** Says that a slot holds the keys and values of a whole prompt. */
  void holds(int slot, int[] prompt) {
    prompts[slot] = prompt;
  }

  /**
   * Puts the longest beginning of a prompt that some slot holds into a slot.
   *
   * @return how many tokens it has; at least one token of the prompt is left to be computed
   */
  int takeOver(int slot, int[] prompt) {
    int source = slot;
    int longest = 0;
    for (int other = 0; other < prompts.length; other++) {
      int common = common(prompts[other], prompt);
      if (common > longest || (common == longest && other == slot)) {
        source = other;
        longest = common;
      }
    }
    if (source != slot) {
      copy(source, slot, longest);
    }
    prompts[slot] = new int[0];
    return longest;
  }

  /** Moves the first n cells of a slot, and the prompt it remembers, to another. */
  void move(int from, int to, int n) {
    copy(from, to, n);
    prompts[to] = prompts[from];
  }

  /** Frees the memory. */
  @Override
  public void close() {
    manager.close();
  }

  private void copy(int from, int to, int n) {
    for (int layer = 0; layer < keys.size(); layer++) {
      ops.copyCells(keys.get(layer), (long) from * room, (long) to * room, n);
      ops.copyCells(values.get(layer), (long) from * room, (long) to * room, n);
    }
  }

  private static int common(int[] held, int[] prompt) {
    int most = Math.min(held.length, prompt.length - 1);
    int n = 0;
    while (n < most && held[n] == prompt[n]) {
      n++;
    }
    return n;
  }
}
