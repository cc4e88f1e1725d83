#!/usr/bin/env bash
# DJL 0.35.1 with PyTorch 2.7.1 (ai.djl.pytorch:pytorch-engine): duplicate() and toType() end the
# recording of gradients.
#
# PyTorch's clone() and to() pass gradients on. DJL's duplicate() and toType() do not: what comes out
# is a constant to the backward pass. Where it is the only way to the result, the backward pass fails;
# where there is another way, its gradient is given as if it were all. toType() to the type that the
# array has already passes gradients on, even when a copy is asked for, as toDevice() does: so a network
# learns in single precision and silently does not when one line asks for double.
. "$(dirname "$0")/common.sh"

packages_of_djl

program << 'JAVA'
import ai.djl.Device;
import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.training.GradientCollector;
import java.util.Arrays;
import java.util.function.UnaryOperator;

class Finding {
  public static void main(String[] args) {
    try (NDManager manager = NDManager.newBaseManager("PyTorch")) {
      look(manager, "as it is", x -> x);
      look(manager, "toDevice(copy)", x -> x.toDevice(Device.cpu(), true));
      look(manager, "toType(same type, copy)", x -> x.toType(DataType.FLOAT32, true));
      look(manager, "toType(FLOAT64)", x -> x.toType(DataType.FLOAT64, false));
      look(manager, "duplicate()", NDArray::duplicate);
    }
  }

  /** The gradient of x + x^2, where the square is computed from a copy of x: 1 + 2 x. */
  private static void look(NDManager manager, String what, UnaryOperator<NDArray> copy) {
    try (GradientCollector collector = Engine.getEngine("PyTorch").newGradientCollector()) {
      NDArray x = manager.create(new float[] {1, 2, 3});
      x.setRequiresGradient(true);
      NDArray copied = copy.apply(x);
      collector.backward(copied.mul(copied).add(x).sum());
      System.out.println(what + ": " + Arrays.toString(x.getGradient().toFloatArray()));
    }
  }
}
JAVA

seen << 'SEEN'
as it is: [3.0, 5.0, 7.0]
toDevice(copy): [3.0, 5.0, 7.0]
toType(same type, copy): [3.0, 5.0, 7.0]
toType(FLOAT64): [1.0, 1.0, 1.0]
duplicate(): [1.0, 1.0, 1.0]
SEEN
