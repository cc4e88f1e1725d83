package io.capbench.engine.bench;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import io.capbench.engine.torch.DeviceChoice;
import io.capbench.engine.torch.TorchRuntime;

/**
 * How fast this machine reads memory with all threads of PyTorch, found by adding up an array that
 * no cache holds. Not thread-safe; close it to free the array.
 */
public final class MemoryBandwidth implements AutoCloseable {
  private static final int TURNS = 5;
  private static final double NANOS = 1e6;

  private final TorchRuntime torch;
  private final NDManager manager;
  private final NDArray array;

  /**
   * Allocates.
   *
   * @param bytes of the array; much more than the caches hold
   */
  public MemoryBandwidth(long bytes, DeviceChoice device) {
    this.torch = TorchRuntime.start();
    this.manager = torch.newManager(torch.device(device));
    this.array = manager.ones(new Shape(bytes / Float.BYTES), DataType.FLOAT32);
  }

  /** Reads all of it some times; the shortest time in milliseconds. */
  public double read() {
    double best = Double.POSITIVE_INFINITY;
    for (int i = 0; i < TURNS; i++) {
      long start = System.nanoTime();
      try (NDArray sum = array.sum()) {
        sum.getFloat();
      }
      best = Math.min(best, (System.nanoTime() - start) / NANOS);
    }
    return best;
  }

  @Override
  public void close() {
    manager.close();
    torch.close();
  }
}
