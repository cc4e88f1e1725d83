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

  private final TorchRuntime torch;
  private final NDManager manager;
  private final NDArray array;
  private final long bytes;

  /**
   * Allocates.
   *
   * @param bytes of the array; much more than the caches hold
   */
  public MemoryBandwidth(long bytes, DeviceChoice device) {
    this.torch = TorchRuntime.start();
    this.manager = torch.newManager(torch.device(device));
    this.array = manager.ones(new Shape(bytes / Float.BYTES), DataType.FLOAT32);
    this.bytes = bytes;
  }

  /** The best of some turns, in bytes a second. */
  public double measure() {
    double best = 0;
    for (int i = 0; i < TURNS; i++) {
      long start = System.nanoTime();
      try (NDArray sum = array.sum()) {
        sum.getFloat();
      }
      best = Math.max(best, bytes / ((System.nanoTime() - start) / 1e9));
    }
    return best;
  }

  @Override
  public void close() {
    manager.close();
    torch.close();
  }
}
