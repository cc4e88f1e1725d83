package io.capbench.engine.llama;

import io.capbench.engine.torch.TorchDevice;
import io.capbench.engine.weights.Checkpoint;
import io.capbench.engine.weights.TensorType;
import io.capbench.storage.model.CapbenchException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;

/** How much memory a model needs, found without loading it. */
final class MemoryNeed {
  private static final double GIGABYTE = 1e9;

  /** Intermediate results, and what PyTorch and Java need themselves. */
  private static final long BESIDES = 1L << 29;

  private final Path folder;
  private final LlamaConfig config;
  private final TensorType stored;

  MemoryNeed(Path folder, LlamaConfig config, Checkpoint checkpoint) {
    this.folder = folder;
    this.config = config;
    this.stored = checkpoint.info(LlamaTensors.TABLE).type();
  }

  /** Bytes of the weights, and what is needed besides them. */
  long bytes(Precision precision) {
    return weights(precision) + BESIDES;
  }

  /**
   * Makes sure that a model fits.
   *
   * @throws CapbenchException if it does not, saying what would
   */
  void check(Precision precision, TorchDevice device) {
    check(precision, device.memory(), where(device));
  }

  void check(Precision precision, OptionalLong there, String where) {
    objection(precision, there, where)
        .ifPresent(
            reason -> {
              throw new CapbenchException(reason);
            });
  }

  /** Why a model does not fit, and what would; empty if it fits. */
  Optional<String> objection(Precision precision, TorchDevice device) {
    return objection(precision, device.memory(), where(device));
  }

  private Optional<String> objection(Precision precision, OptionalLong there, String where) {
    if (there.isEmpty() || bytes(precision) <= there.getAsLong()) {
      return Optional.empty();
    }
    boolean bytesFit = bytes(Precision.INT8) <= there.getAsLong();
    return Optional.of(
        "%s does not fit: in the precision %s it needs %s of memory, and %s has %s. %s"
            .formatted(
                folder,
                precision.id(),
                gigabytes(bytes(precision)),
                where,
                gigabytes(there.getAsLong()),
                bytesFit
                    ? "In the precision int8 it needs " + gigabytes(bytes(Precision.INT8)) + "."
                    : "Choose a smaller model, or name a server with --endpoint."));
  }

  private static String where(TorchDevice device) {
    return device.isGpu() ? "the GPU" : "this machine";
  }

  /** Bytes of the weights. */
  long weights(Precision precision) {
    long numbers = config.parameters();
    return switch (precision) {
      case STORED -> numbers * Math.min(stored.bytes(), Float.BYTES);
      case F32 -> numbers * Float.BYTES;
      case BF16 -> numbers * Short.BYTES;
      case INT8 -> numbers + whole();
    };
  }

  /** Numbers that stay whole among bytes, each of which takes one byte more. */
  private long whole() {
    LlamaConfig.Sizes sizes = config.sizes();
    return (config.tiedHead() ? 1L : 2L) * sizes.vocabulary() * sizes.width();
  }

  private static String gigabytes(long bytes) {
    return String.format(Locale.ROOT, "%.1f GB", bytes / GIGABYTE);
  }
}
