#!/usr/bin/env bash
# DJL 0.35.1 with PyTorch 2.7.1 (ai.djl.pytorch:pytorch-engine): a gradient that does not exist is
# zeros.
#
# setRequiresGradient(true) on a result in the middle of a network is accepted, hasGradient() is true,
# and getGradient() after the backward pass gives zeros, though the true gradient is another. So does
# it for an array that no backward pass ever reached. PyTorch's own interface gives None in both cases;
# DJL gives what looks like a result. (Of the first case PyTorch's warning about leaves appears on
# standard error.) A leaf of zeros that is added to the result in the middle has the gradient that
# was wanted.
. "$(dirname "$0")/common.sh"

packages_of_djl

program << 'JAVA'
import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.training.GradientCollector;
import java.util.Arrays;

class Finding {
  public static void main(String[] args) {
    try (NDManager manager = NDManager.newBaseManager("PyTorch");
        GradientCollector collector = Engine.getEngine("PyTorch").newGradientCollector()) {
      NDArray x = manager.create(new float[] {1, 2, 3});
      x.setRequiresGradient(true);
      NDArray leaf = manager.create(new float[] {0, 0, 0});
      leaf.setRequiresGradient(true);
      NDArray unused = manager.create(new float[] {1, 2, 3});
      unused.setRequiresGradient(true);
      NDArray middle = x.mul(x);
      middle.setRequiresGradient(true);
      NDArray beside = middle.add(leaf);
      collector.backward(beside.mul(beside).sum()); // the sum of middle^2, whose gradient is 2 middle
      show("input", x);
      show("middle", middle);
      show("leaf beside it", leaf);
      show("never used", unused);
    }
  }

  private static void show(String what, NDArray array) {
    System.out.println(
        what
            + ": hasGradient "
            + array.hasGradient()
            + ", "
            + Arrays.toString(array.getGradient().toFloatArray()));
  }
}
JAVA

seen << 'SEEN'
input: hasGradient true, [4.0, 32.0, 108.0]
middle: hasGradient true, [0.0, 0.0, 0.0]
leaf beside it: hasGradient true, [2.0, 8.0, 18.0]
never used: hasGradient true, [0.0, 0.0, 0.0]
SEEN
