#!/usr/bin/env bash
# DJL 0.35.1 with PyTorch 2.7.1 (ai.djl.pytorch:pytorch-engine): the gradient of mul(Number) is
# wrong once Java has collected garbage.
#
# x.mul(2), x.div(2) and x.pow(3) make a tensor of the number whose memory is Java's, and close it. What
# is recorded for gradients keeps using that memory. If Java's garbage collector runs between the
# forward and the backward pass, its bytes belong to somebody else: the value of the sum is right, the
# gradient is any number, and nothing is said. With the number as an array that PyTorch made itself,
# x.mul(full(2)), the gradient is right whatever is collected.
. "$(dirname "$0")/common.sh"

packages_of_djl

program << 'JAVA'
import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.training.GradientCollector;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.function.UnaryOperator;

class Finding {
  private static final ByteBuffer[] OTHERS = new ByteBuffer[100_000];

  public static void main(String[] args) throws Exception {
    try (NDManager manager = NDManager.newBaseManager("PyTorch")) {
      NDArray two = manager.full(new Shape(), 2f);
      NDArray three = manager.full(new Shape(), 3f);
      look(manager, "mul(2)", x -> x.mul(2), 2);
      look(manager, "mul(full(2))", x -> x.mul(two), 2);
      look(manager, "div(2)", x -> x.div(2), 0.5f);
      look(manager, "div(full(2))", x -> x.div(two), 0.5f);
      look(manager, "pow(3)", x -> x.pow(3), 3);
      look(manager, "pow(full(3))", x -> x.pow(three), 3);
    }
  }

  /** The slope of every operation here, at 1, is a number that is known. */
  private static void look(
      NDManager manager, String what, UnaryOperator<NDArray> operation, float slope)
      throws Exception {
    try (GradientCollector collector = Engine.getEngine("PyTorch").newGradientCollector()) {
      NDArray x = manager.ones(new Shape(3));
      x.setRequiresGradient(true);
      NDArray sum = operation.apply(x).sum();
      float before = sum.getFloat();
      collectGarbage();
      collector.backward(sum);
      float[] expected = {slope, slope, slope};
      boolean right = Arrays.equals(x.getGradient().toFloatArray(), expected);
      System.out.println(
          what + ": value " + before + ", gradient " + (right ? "right" : "wrong"));
    }
  }

  /** Frees what nobody refers to, and has its memory used by others. */
  private static void collectGarbage() throws InterruptedException {
    for (int round = 0; round < 3; round++) {
      System.gc();
      Thread.sleep(200);
      for (int i = 0; i < OTHERS.length; i++) {
        OTHERS[i] = ByteBuffer.allocateDirect(4).putInt(0, 0x40e0e0e0);
      }
    }
  }
}
JAVA

seen << 'SEEN'
mul(2): value 6.0, gradient wrong
mul(full(2)): value 6.0, gradient right
div(2): value 1.5, gradient wrong
div(full(2)): value 1.5, gradient right
pow(3): value 3.0, gradient wrong
pow(full(3)): value 3.0, gradient right
SEEN
