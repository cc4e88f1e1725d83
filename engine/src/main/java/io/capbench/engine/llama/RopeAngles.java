package io.capbench.engine.llama;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import io.capbench.engine.torch.DecoderOps;
import java.util.List;

/** The angles that the tokens of a step are turned by. */
final class RopeAngles {
  private final Rope rope;
  private final int headSize;
  private final DecoderOps ops;
  private final float[] plain;

  RopeAngles(LlamaConfig config, DecoderOps ops) {
    this.rope = config.rope();
    this.headSize = config.attention().headSize();
    this.ops = ops;
    this.plain = rope.frequencies(headSize, 0);
  }

  /** The angles [N, 1, C] of all tokens, segment by segment. */
  NDArray of(NDManager step, List<Segment> segments) {
    int n = segments.stream().mapToInt(Segment::size).sum();
    float[] positions = new float[n];
    int[] lengths = new int[n];
    int at = 0;
    for (Segment segment : segments) {
      for (int i = 0; i < segment.size(); i++) {
        positions[at] = segment.position(i);
        lengths[at++] = segment.length(i);
      }
    }
    return of(step, positions, lengths);
  }

  /**
   * The angles [N, 1, C] of tokens.
   *
   * @param positions [N], where in its text each stands
   * @param lengths [N], tokens of its text
   */
  NDArray of(NDManager step, float[] positions, int[] lengths) {
    return ops.angles(step.create(positions), frequencies(step, lengths));
  }

  private NDArray frequencies(NDManager step, int[] lengths) {
    int half = headSize / 2;
    if (!rope.dynamic()) {
      return step.create(plain, new Shape(1, half));
    }
    float[] each = new float[lengths.length * half];
    for (int i = 0; i < lengths.length; i++) {
      System.arraycopy(rope.frequencies(headSize, lengths[i]), 0, each, i * half, half);
    }
    return step.create(each, new Shape(lengths.length, half));
  }
}
