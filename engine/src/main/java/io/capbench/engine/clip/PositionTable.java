package io.capbench.engine.clip;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.NDScope;
import ai.djl.ndarray.index.NDIndex;
import io.capbench.engine.torch.Ops;
import io.capbench.storage.model.CapbenchException;
import org.jspecify.annotations.Nullable;

/**
 * What the vision tower adds to tokens so that it knows where they are. For another grid than it
 * was trained on, the table is resampled: bicubic, antialiased, the CLS row kept ({@code
 * resize_pos_embed} of open_clip's model.py). The last grid asked for is remembered.
 */
final class PositionTable {
  private final NDArray trained;
  private final Ops ops;
  private @Nullable NDArray resized;
  private int resizedRows;
  private int resizedColumns;

  /**
   * Keeps a table.
   *
   * @param trained [1 + P, W]; of another grid only if P is a square
   */
  PositionTable(NDArray trained, Ops ops) {
    this.trained = trained;
    this.ops = ops;
  }

  /** The table of a grid, [1 + rows * columns, W]; belongs to the model. */
  NDArray of(int rows, int columns) {
    if (trained.getShape().get(0) == 1L + (long) rows * columns) {
      return trained;
    }
    NDArray known = resized;
    if (known != null && resizedRows == rows && resizedColumns == columns) {
      return known;
    }
    NDArray table = resample(rows, columns);
    if (known != null) {
      known.close();
    }
    resized = table;
    resizedRows = rows;
    resizedColumns = columns;
    return table;
  }

  private NDArray resample(int rows, int columns) {
    long side = (long) Math.sqrt((double) trained.getShape().get(0) - 1);
    if (side * side != trained.getShape().get(0) - 1) {
      throw new CapbenchException(
          "The model was trained on images that are not square, and its positions cannot be"
              + " resampled for "
              + columns
              + " x "
              + rows
              + " patches. Give it images of its own size.");
    }
    long width = trained.getShape().get(1);
    NDManager manager = trained.getManager();
    try (NDScope scope = new NDScope()) {
      scope.suppressNotUsedWarning();
      NDArray table = trained.toDevice(Device.cpu(), false);
      NDArray grid =
          table
              .get(new NDIndex("1:"))
              // [P, W] -> [1, side, side, W] -> [1, W, side, side]
              .reshape(1, side, side, width)
              .transpose(0, 3, 1, 2);
      NDArray fit =
          ops.resizeBicubic(grid, rows, columns)
              // [1, W, rows, columns] -> [1, rows, columns, W] -> [P, W]
              .transpose(0, 2, 3, 1)
              .reshape((long) rows * columns, width);
      NDArray whole =
          NDArrays.concat(new NDList(table.get(new NDIndex("0:1")), fit), 0)
              .toDevice(trained.getDevice(), true);
      whole.attach(manager);
      NDScope.unregister(whole);
      return whole;
    }
  }
}
