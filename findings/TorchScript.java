
/**
 * Loads methods of TorchScript that are written as text, and calls them. An archive without weights
 * is made in memory: PyTorch compiles the text when it reads it.
 */
final class TorchScript {
  private final ai.djl.ndarray.NDManager manager;
  private final ai.djl.pytorch.engine.PtSymbolBlock module;

  TorchScript(ai.djl.ndarray.NDManager manager, String methods) throws java.io.IOException {
    this.manager = manager;
    String head = "class Ops(Module):\n  __parameters__ = []\n  __buffers__ = []\n";
    var bytes = new java.io.ByteArrayOutputStream();
    try (var zip = new java.util.zip.ZipOutputStream(bytes)) {
      put(zip, "data.pkl", "\u0080\u0002c__torch__\nOps\n)\u0081}b.");
      put(zip, "code/__torch__.py", head + methods.indent(2));
      put(zip, "constants.pkl", "\u0080\u0002).");
      put(zip, "version", "10\n");
      put(zip, "byteorder", "little");
    }
    module =
        ai.djl.pytorch.jni.JniUtils.loadModule(
            (ai.djl.pytorch.engine.PtNDManager) manager,
            new java.io.ByteArrayInputStream(bytes.toByteArray()),
            false,
            false);
  }

  private static void put(java.util.zip.ZipOutputStream zip, String name, String text)
      throws java.io.IOException {
    byte[] data = text.getBytes(java.nio.charset.StandardCharsets.ISO_8859_1);
    var sum = new java.util.zip.CRC32();
    sum.update(data);
    var entry = new java.util.zip.ZipEntry("ops/" + name);
    entry.setMethod(java.util.zip.ZipEntry.STORED);
    entry.setSize(data.length);
    entry.setCrc(sum.getValue());
    zip.putNextEntry(entry);
    zip.write(data);
    zip.closeEntry();
  }

  /** Calls a method that takes and returns tensors. */
  ai.djl.ndarray.NDArray call(String method, ai.djl.ndarray.NDArray... inputs) {
    ai.djl.pytorch.jni.JniUtils.setGraphExecutorOptimize(false);
    var values = new ai.djl.pytorch.jni.IValue[inputs.length];
    for (int i = 0; i < inputs.length; i++) {
      values[i] = ai.djl.pytorch.jni.IValue.from((ai.djl.pytorch.engine.PtNDArray) inputs[i]);
    }
    return ai.djl.pytorch.jni.IValueUtils.runMethod(module, method, values)
        .toTensor((ai.djl.pytorch.engine.PtNDManager) manager);
  }

  ai.djl.pytorch.engine.PtSymbolBlock module() {
    return module;
  }
}
