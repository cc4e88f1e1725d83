#!/usr/bin/env bash
# PyTorch 2.7.1 through DJL 0.35.1 (x86-64): weights that were packed as 4-bit integers give wrong
# numbers on another processor.
#
# _convert_weight_to_int4pack_for_cpu orders the numbers for the instructions of the processor that it
# runs on; shape and type of what comes out are the same for all. _weight_int4pack_mm_for_cpu takes the
# order of its own processor for granted. So a file of packed weights that one machine writes is read on
# another one without an error, and the products are wrong. ATEN_CPU_CAPABILITY makes a processor with
# AVX2 behave like one without.
. "$(dirname "$0")/common.sh"

classifier Linux-x86_64=x86 > "$work/machine"
packages_of_djl

look() {
  program TorchScript.java << 'JAVA'
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;

class Finding {
  private static final int IN = 64;
  private static final int OUT = 64;
  private static final String METHODS =
      """
      def pack(self: __torch__.Ops, w: Tensor) -> Tensor:
        return ops.aten._convert_weight_to_int4pack_for_cpu(w, 2)
      def mm(self: __torch__.Ops, x: Tensor, w: Tensor, scales: Tensor) -> Tensor:
        return ops.aten._weight_int4pack_mm_for_cpu(x, w, 32, scales)
      """;

  public static void main(String[] args) throws Exception {
    try (NDManager manager = NDManager.newBaseManager("PyTorch")) {
      TorchScript script = new TorchScript(manager, METHODS);
      int[] numbers = new int[OUT * IN];
      float[] expected = new float[OUT];
      for (int i = 0; i < numbers.length; i++) {
        numbers[i] = (i / IN * 7 + i % IN * 3) % 16;
        expected[i / IN] += (i % IN % 5 - 2) * (numbers[i] - 8);
      }
      float[] row = new float[IN];
      for (int i = 0; i < IN; i++) {
        row[i] = i % 5 - 2;
      }
      float[] scales = new float[IN / 32 * OUT * 2]; // of each group and output: factor, offset
      for (int i = 0; i < scales.length; i += 2) {
        scales[i] = 1;
      }
      NDArray x = manager.create(row, new Shape(1, IN));
      NDArray factors = manager.create(scales, new Shape(IN / 32, OUT, 2));
      NDArray packed = script.call("pack", manager.create(numbers, new Shape(OUT, IN)));
      String processor = System.getenv("ATEN_CPU_CAPABILITY");
      System.out.println(
          "packed by " + processor + ": " + packed.getShape() + " " + packed.getDataType());
      Path file = Path.of(System.getProperty("packed"));
      if (Files.exists(file)) {
        byte[] bytes = Files.readAllBytes(file);
        System.out.println("the same bytes: " + Arrays.equals(bytes, packed.toByteArray()));
        NDArray others = manager.create(ByteBuffer.wrap(bytes), packed.getShape(), DataType.UINT8);
        NDArray product = script.call("mm", x, others, factors);
        System.out.println("read by " + processor + ": " + judge(product, expected));
      } else {
        Files.write(file, packed.toByteArray());
      }
      NDArray product = script.call("mm", x, packed, factors);
      System.out.println("its own by " + processor + ": " + judge(product, expected));
    }
  }

  private static String judge(NDArray product, float[] expected) {
    return Arrays.equals(product.toFloatArray(), expected) ? "right" : "wrong";
  }
}
JAVA
}

rm -f "$work/packed"
options=("-Dpacked=$work/packed")
ATEN_CPU_CAPABILITY=avx2 look
ATEN_CPU_CAPABILITY=default look

seen << 'SEEN'
packed by avx2: (64, 32) uint8
its own by avx2: right
packed by default: (64, 32) uint8
the same bytes: false
read by default: wrong
its own by default: right
SEEN
