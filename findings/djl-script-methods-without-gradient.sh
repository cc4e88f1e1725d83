#!/usr/bin/env bash
# DJL 0.35.1 with PyTorch 2.7.1 (ai.djl.pytorch:pytorch-engine): methods of a TorchScript module record
# no gradients, its forward() does.
#
# IValueUtils.runMethod runs in PyTorch's inference mode even where a GradientCollector is open: its
# result is a constant to the backward pass, which fails if that was the only way and gives a part of the
# gradient otherwise. The same method records if it is reached as "module_method:NAME", the name of an
# array that is put before the inputs of forward().
. "$(dirname "$0")/common.sh"

packages_of_djl

program TorchScript.java << 'JAVA'
import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.pytorch.jni.IValueUtils;
import ai.djl.training.GradientCollector;
import java.util.Arrays;
import java.util.function.UnaryOperator;

class Finding {
  private static final String SQUARE =
      """
      def square(self: __torch__.Ops, x: Tensor) -> Tensor:
        return torch.mul(x, x)
      """;

  public static void main(String[] args) throws Exception {
    try (NDManager manager = NDManager.newBaseManager("PyTorch")) {
      TorchScript script = new TorchScript(manager, SQUARE);
      look(manager, "runMethod", x -> script.call("square", x));
      look(manager, "forward", x -> byForward(manager, script, x));
    }
  }

  private static NDArray byForward(NDManager manager, TorchScript script, NDArray x) {
    NDArray name = manager.zeros(new Shape());
    name.setName("module_method:square");
    return IValueUtils.forward(script.module(), new NDList(name, x), true).get(0);
  }

  /** The gradient of x + x^2: 1 + 2 x. */
  private static void look(NDManager manager, String way, UnaryOperator<NDArray> square) {
    try (GradientCollector collector = Engine.getEngine("PyTorch").newGradientCollector()) {
      NDArray x = manager.create(new float[] {1, 2, 3});
      x.setRequiresGradient(true);
      NDArray squared = square.apply(x);
      String value = Arrays.toString(squared.toFloatArray());
      collector.backward(squared.add(x).sum());
      System.out.println(
          way + ": value " + value + ", gradient " + Arrays.toString(x.getGradient().toFloatArray()));
    }
  }
}
JAVA

seen << 'SEEN'
runMethod: value [1.0, 4.0, 9.0], gradient [1.0, 1.0, 1.0]
forward: value [1.0, 4.0, 9.0], gradient [3.0, 5.0, 7.0]
SEEN
