package io.capbench.engine.llama;

import java.util.Arrays;

/**
 * Tokens of a step that are attended to alike: R rows in neighbouring slots with K tokens each. All
 * arrays are slot by slot. Immutable; keeps the arrays it is given.
 */
final class Segment {
  private final int firstSlot;
  private final int rows;
  private final int[] tokens;
  private final int[] positions;
  private final int[] cells;
  private final float[] mask;
  private final int[] lengths;

  /**
   * Keeps arrays.
   *
   * @param firstSlot the first of the R slots
   * @param rows R
   * @param tokens [R * K]
   * @param positions [R * K], where in its text each token stands
   * @param cells [R * K], the cell of its slot that each token's keys and values go to
   * @param mask [R * K * n], 0 where a token sees one of the first n cells of its slot, else
   *     negative infinity; each sees its own
   * @param lengths [R * K], tokens of each token's text at the time it is computed; of rows that
   *     belong together, of the longest
   */
  Segment(
      int firstSlot,
      int rows,
      int[] tokens,
      int[] positions,
      int[] cells,
      float[] mask,
      int[] lengths) {
    this.firstSlot = firstSlot;
    this.rows = rows;
    this.tokens = tokens;
    this.positions = positions;
    this.cells = cells;
    this.mask = mask;
    this.lengths = lengths;
  }

  /**
   * A part of a prompt whose beginning is in the cache.
   *
   * @param slot its slot
   * @param prompt all of it
   * @param from first token of the part
   * @param to end of the part
   * @param length tokens of the longest prompt that it belongs together with, itself counted
   */
  static Segment prompt(int slot, int[] prompt, int from, int to, int length) {
    int n = to - from;
    int[] places = new int[n];
    float[] mask = new float[n * to];
    for (int i = 0; i < n; i++) {
      places[i] = from + i;
      Arrays.fill(mask, i * to + from + i + 1, (i + 1) * to, Float.NEGATIVE_INFINITY);
    }
    int[] tokens = Arrays.copyOfRange(prompt, from, to);
    int[] lengths = new int[n];
    Arrays.fill(lengths, length);
    return new Segment(slot, 1, tokens, places, places, mask, lengths);
  }

  int firstSlot() {
    return firstSlot;
  }

  int rows() {
    return rows;
  }

  /** R * K. */
  int size() {
    return tokens.length;
  }

  int token(int i) {
    return tokens[i];
  }

  int position(int i) {
    return positions[i];
  }

  /** Tokens of a token's text at the time it is computed, or of the longest beside it. */
  int length(int i) {
    return lengths[i];
  }

  /** The slot of a token. */
  int slot(int i) {
    return firstSlot + i / (tokens.length / rows);
  }

  /** The cell of a token within its slot. */
  int cell(int i) {
    return cells[i];
  }

  /** How many cells of each slot are attended to. */
  int span() {
    return mask.length / tokens.length;
  }

  /** The mask, not to be changed. */
  float[] mask() {
    return mask;
  }
}
