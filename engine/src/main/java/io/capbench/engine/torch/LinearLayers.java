package io.capbench.engine.torch;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Linear layers on the processor, each in the way that {@link LinearTable} found the fastest for
 * its type and rows. For one thread at a time; close it to end its threads.
 */
public final class LinearLayers implements AutoCloseable {
  private final LinearWays ways;
  private final Map<NumberType, NavigableMap<Integer, List<LinearWay>>> choices =
      new EnumMap<>(NumberType.class);

  /**
   * Chooses.
   *
   * @param manager on the processor; owns the operations
   * @param threads that compute together
   */
  public LinearLayers(NDManager manager, int threads, LinearTable table) {
    this.ways = new LinearWays(manager, threads);
    for (NumberType type : NumberType.values()) {
      NavigableMap<Integer, List<LinearWay>> byRows = new TreeMap<>();
      for (int rows : LinearTrial.ROWS) {
        List<LinearWay> ranked = ranked(table.ranking(type, rows), type);
        if (!ranked.isEmpty()) {
          byRows.put(rows, ranked);
        }
      }
      choices.put(type, byRows);
    }
  }

  private List<LinearWay> ranked(List<LinearMeasurement> ranking, NumberType type) {
    return ranking.stream()
        .flatMap(m -> ways.of(type).stream().filter(way -> way.name().equals(m.way())))
        .toList();
  }

  /**
   * x w^T.
   *
   * @param x [N, K]
   * @param w [M, K] in the type of x, or signed bytes
   * @param scales [M] in the type of x, of bytes; null for others
   * @return [N, M] in the type of x, of its manager
   */
  NDArray apply(NDArray x, NDArray w, @Nullable NDArray scales) {
    return way(x, w).apply(x, w, scales);
  }

  private LinearWay way(NDArray x, NDArray w) {
    NumberType type = type(w.getDataType());
    NavigableMap<Integer, List<LinearWay>> byRows = choices.getOrDefault(type, new TreeMap<>());
    long rows = x.getShape().get(0);
    long outputs = w.getShape().get(0);
    long columns = w.getShape().get(1);
    if (!byRows.isEmpty()) {
      int tried = (int) Math.min(byRows.lastKey(), rows);
      for (LinearWay way : byRows.ceilingEntry(tried).getValue()) {
        if (way.takes(rows, outputs, columns)) {
          return way;
        }
      }
    }
    // Types that were not tried, and shapes that no way but the plain one takes.
    return ways.of(type).get(0);
  }

  private static NumberType type(DataType type) {
    return switch (type) {
      case FLOAT32 -> NumberType.F32;
      case FLOAT16 -> NumberType.F16;
      // What DJL calls bfloat16.
      case BFLOAT16, UNKNOWN -> NumberType.BF16;
      case INT8 -> NumberType.INT8;
      default -> throw new IllegalArgumentException("no linear layers of " + type);
    };
  }

  @Override
  public void close() {
    ways.close();
  }
}
