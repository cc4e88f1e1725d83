package io.capbench.engine.llama;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import io.capbench.engine.torch.DecoderOps;
import java.util.ArrayList;
import java.util.List;

/** What all layers of a step need, on the device. Belongs to the step's manager. */
final class StepInputs {
  private final DecoderOps ops;
  private final List<Segment> segments;
  private final int room;
  private final NDArray tokens;
  private final NDArray cells;
  private final LlamaLayers.Turns turns;
  private final List<NDArray> masks = new ArrayList<>();

  StepInputs(NDManager step, List<Segment> segments, LlamaModel model, KvCache cache) {
    this.ops = model.ops();
    this.segments = segments;
    this.room = cache.room();
    int n = segments.stream().mapToInt(Segment::size).sum();
    long[] ids = new long[n];
    long[] places = new long[n];
    int at = 0;
    LlamaConfig.Attention attention = model.config().attention();
    for (Segment segment : segments) {
      for (int i = 0; i < segment.size(); i++) {
        ids[at] = segment.token(i);
        places[at++] = (long) segment.slot(i) * room + segment.cell(i);
      }
      long each = segment.size() / segment.rows();
      NDArray mask = step.create(segment.mask(), new Shape(segment.rows(), each, segment.span()));
      masks.add(ops.mask(mask, attention.heads() / attention.keyHeads(), model.type()));
    }
    tokens = step.create(ids);
    cells = step.create(places);
    NDArray angles = model.angles().of(step, segments);
    turns = new LlamaLayers.Turns(ops.cosine(angles, model.type()), ops.sine(angles, model.type()));
  }

  /** [N]. */
  NDArray tokens() {
    return tokens;
  }

  /** Where they stand. */
  LlamaLayers.Turns turns() {
    return turns;
  }

  /**
   * Keys and values of a layer go into the cache, then every token looks at the cells that its mask
   * shows.
   *
   * @param q [N, H, C]
   * @param k [N, G, C]
   * @param v [N, G * C]
   * @return [N, H * C]
   */
  NDArray attend(NDArray q, NDArray k, NDArray v, KvCache cache, int layer) {
    NDArray keys = cache.keys(layer);
    NDArray values = cache.values(layer);
    ops.store(k, cells, keys);
    ops.store(v, cells, values);
    List<NDArray> parts = new ArrayList<>(segments.size());
    long first = 0;
    for (int i = 0; i < segments.size(); i++) {
      Segment segment = segments.get(i);
      parts.add(ops.attend(q, keys, values, masks.get(i), first, segment.firstSlot(), room));
      first += segment.size();
    }
    return ops.join(parts);
  }
}
