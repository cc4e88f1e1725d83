package io.capbench.engine.torch;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/**
 * Writes a TorchScript archive that has methods and no weights: text that PyTorch compiles when it
 * loads it. So every operation of PyTorch can be called from Java, without native code of our own
 * (docs/adr/0009-models-in-java.md).
 */
final class OpsModule {
  /** The pickle of an object of class {@code __torch__.Ops} with its two attributes. */
  private static final String OBJECT =
      "\u0080\u0002c__torch__\nOps\n)\u0081}("
          + key("training")
          + "\u0089"
          + key("_is_full_backward_hook")
          + "Nub.";

  /** The pickle of an empty tuple. */
  private static final String NO_CONSTANTS = "\u0080\u0002).";

  private static final String CODE =
      """
      class Ops(Module):
        __parameters__ = []
        __buffers__ = []
        training : bool
        _is_full_backward_hook : Optional[bool]
        def attention(self: __torch__.Ops, q: Tensor, k: Tensor, v: Tensor) -> Tensor:
          return torch.scaled_dot_product_attention(q, k, v)
        def attention_causal(self: __torch__.Ops, q: Tensor, k: Tensor, v: Tensor) -> Tensor:
          return torch.scaled_dot_product_attention(q, k, v, None, 0., True)
        def attention_masked(self: __torch__.Ops, q: Tensor, k: Tensor, v: Tensor, m: Tensor) -> Tensor:
          return torch.scaled_dot_product_attention(q, k, v, m)
        def gelu_tanh(self: __torch__.Ops, x: Tensor) -> Tensor:
          return torch.gelu(x, approximate="tanh")
        def quick_gelu(self: __torch__.Ops, x: Tensor) -> Tensor:
          gate = torch.sigmoid_(torch.mul(x, 1.702))
          return torch.mul_(gate, x)
        def silu(self: __torch__.Ops, x: Tensor) -> Tensor:
          return torch.silu(x)
        def resize_bicubic(self: __torch__.Ops, x: Tensor, size: List[int]) -> Tensor:
          return torch._upsample_bicubic2d_aa(x, size, False, None, None)
        def is_finite(self: __torch__.Ops, x: Tensor) -> bool:
          if bool(torch.isfinite(torch.sum(x))):
            finite = True
          else:
            finite = bool(torch.all(torch.isfinite(x)))
          return finite
        def resize_linear(self: __torch__.Ops, x: Tensor, size: List[int]) -> Tensor:
          return torch.upsample_linear1d(x, size, False, None)
      """;

  private OpsModule() {}

  /** The archive of the operations that all models share. */
  static byte[] bytes() {
    return bytes(CODE);
  }

  /**
   * An archive.
   *
   * @param code a class {@code Ops} with methods, as TorchScript archives write it
   */
  static byte[] bytes(String code) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
      store(zip, "ops/data.pkl", OBJECT);
      store(zip, "ops/code/__torch__.py", code);
      store(zip, "ops/constants.pkl", NO_CONSTANTS);
      store(zip, "ops/version", "10\n");
      store(zip, "ops/byteorder", "little");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }

  /** A short string as a pickle writes it. */
  private static String key(String name) {
    return "X" + (char) name.length() + "\0\0\0" + name;
  }

  /** PyTorch reads entries that are not compressed only. */
  private static void store(ZipOutputStream zip, String name, String content) throws IOException {
    byte[] data = content.getBytes(StandardCharsets.ISO_8859_1);
    CRC32 sum = new CRC32();
    sum.update(data);
    ZipEntry entry = new ZipEntry(name);
    entry.setMethod(ZipEntry.STORED);
    entry.setSize(data.length);
    entry.setCrc(sum.getValue());
    zip.putNextEntry(entry);
    zip.write(data);
    zip.closeEntry();
  }
}
