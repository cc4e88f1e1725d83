#!/usr/bin/env bash
# PyTorch 2.7.1 through DJL 0.35.1 (x86-64): a product with 8-bit weights takes many times longer for
# 32-bit floats than for bfloat16.
#
# _weight_int8pack_mm takes activations of either type and gives the same numbers up to rounding. Only
# bfloat16 has a kernel; for 32-bit floats it falls back to plain loops, so that the wider type, which is
# the faster one elsewhere on processors without instructions for bfloat16, is here the slower one: 8
# to 14 times were seen. Medians of nine runs each, in turns; this fails if it is less than 2.5.
. "$(dirname "$0")/common.sh"

classifier Linux-x86_64=x86 > "$work/machine"
packages_of_djl

program TorchScript.java << 'JAVA'
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.pytorch.jni.JniUtils;
import java.util.Arrays;

class Finding {
  private static final String METHODS =
      """
      def int8(self: __torch__.Ops, x: Tensor) -> Tensor:
        return torch.to(x, 1)
      def bf16(self: __torch__.Ops, x: Tensor) -> Tensor:
        return torch.to(x, 15)
      def mm(self: __torch__.Ops, x: Tensor, w: Tensor, scales: Tensor) -> Tensor:
        return ops.aten._weight_int8pack_mm(x, w, scales)
      """;

  public static void main(String[] args) throws Exception {
    try (NDManager manager = NDManager.newBaseManager("PyTorch")) {
      JniUtils.setNumThreads(1);
      TorchScript script = new TorchScript(manager, METHODS);
      NDArray w = script.call("int8", manager.full(new Shape(4096, 2048), 3f));
      NDArray x = manager.ones(new Shape(1, 2048));
      NDArray scales = manager.ones(new Shape(4096));
      NDArray halfX = script.call("bf16", x);
      NDArray halfScales = script.call("bf16", scales);
      double[] single = new double[9];
      double[] half = new double[9];
      for (int i = 0; i < single.length; i++) {
        single[i] = seconds(script, x, w, scales);
        half[i] = seconds(script, halfX, w, halfScales);
      }
      Arrays.sort(single);
      Arrays.sort(half);
      double ratio = single[4] / half[4];
      System.err.printf("32-bit floats take %.1f times as long%n", ratio);
      System.out.println("32-bit floats take " + (ratio > 2.5 ? "far longer" : "about as long"));
    }
  }

  private static double seconds(TorchScript script, NDArray x, NDArray w, NDArray scales) {
    long start = System.nanoTime();
    for (int i = 0; i < 5; i++) {
      script.call("mm", x, w, scales).close();
    }
    return (System.nanoTime() - start) / 1e9;
  }
}
JAVA

seen << 'SEEN'
32-bit floats take far longer
SEEN
