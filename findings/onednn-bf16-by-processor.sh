#!/usr/bin/env bash
# PyTorch 2.7.1 with the oneDNN in it, through DJL 0.35.1 (x86-64): whether oneDNN's linear layer takes
# bfloat16 is found out by running it only.
#
# mkldnn::_linear_pointwise is there in every build, compiles and takes 32-bit floats everywhere. With
# bfloat16 it throws "could not create a primitive descriptor" on processors without AVX-512, which
# ONEDNN_MAX_CPU_ISA=AVX2 makes of any. aten::linear computes the same layer in bfloat16 on all of them,
# since it asks oneDNN before and takes another way itself. So a program that tested its kernels on a
# server fails on a laptop.
. "$(dirname "$0")/common.sh"

classifier Linux-x86_64=x86 > "$work/machine"
packages_of_djl

look() {
  program TorchScript.java << 'JAVA'
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;

class Finding {
  private static final String METHODS =
      """
      def bf16(self: __torch__.Ops, x: Tensor) -> Tensor:
        return torch.to(x, 15)
      def f32(self: __torch__.Ops, x: Tensor) -> Tensor:
        return torch.to(x, 6)
      def aten(self: __torch__.Ops, x: Tensor, w: Tensor) -> Tensor:
        return torch.linear(x, w)
      def onednn(self: __torch__.Ops, x: Tensor, w: Tensor) -> Tensor:
        return ops.mkldnn._linear_pointwise(x, w, None, "none", annotate(List[Optional[number]], []), "")
      """;

  public static void main(String[] args) throws Exception {
    try (NDManager manager = NDManager.newBaseManager("PyTorch")) {
      TorchScript script = new TorchScript(manager, METHODS);
      for (String type : new String[] {"f32", "bf16"}) {
        NDArray x = script.call(type, manager.ones(new Shape(1, 64)));
        NDArray w = script.call(type, manager.ones(new Shape(32, 64)));
        for (String way : new String[] {"aten", "onednn"}) {
          String result;
          try {
            result = String.valueOf(script.call("f32", script.call(way, x, w)).toFloatArray()[31]);
          } catch (RuntimeException e) {
            String message = String.valueOf(e.getMessage());
            result = message.contains("could not create a primitive descriptor")
                ? "no primitive descriptor" : message;
          }
          System.out.println(
              System.getenv("ONEDNN_MAX_CPU_ISA") + ", " + type + ", " + way + ": " + result);
        }
      }
    }
  }
}
JAVA
}

ONEDNN_MAX_CPU_ISA=AVX2 look
ONEDNN_MAX_CPU_ISA=SSE41 look

seen << 'SEEN'
AVX2, f32, aten: 64.0
AVX2, f32, onednn: 64.0
AVX2, bf16, aten: 64.0
AVX2, bf16, onednn: no primitive descriptor
SSE41, f32, aten: 64.0
SSE41, f32, onednn: 64.0
SSE41, bf16, aten: 64.0
SSE41, bf16, onednn: no primitive descriptor
SEEN
