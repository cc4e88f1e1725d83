package io.capbench.app.doctor;

import io.capbench.engine.torch.TorchRuntime;
import io.capbench.storage.model.CapbenchException;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Whether models can run, and on what.
 *
 * @param driver a file that is there if and only if an NVIDIA driver is installed
 * @param ownLibraries what {@code PYTORCH_LIBRARY_PATH} says; null if it is not set
 */
record TorchChecks(Path driver, @Nullable String ownLibraries) {
  private static final Logger LOG = LoggerFactory.getLogger(TorchChecks.class);
  private static final String SEPARATOR = Pattern.quote(File.pathSeparator);

  static TorchChecks ofThisMachine() {
    String windows = System.getenv("SystemRoot");
    return new TorchChecks(
        windows == null
            ? Path.of("/proc/driver/nvidia/version")
            : Path.of(windows, "System32", "nvcuda.dll"),
        System.getenv("PYTORCH_LIBRARY_PATH"));
  }

  List<Finding> examine() {
    try (TorchRuntime torch = TorchRuntime.start()) {
      String value = torch.version() + ", " + torch.threads() + " threads";
      return List.of(libraries(value, torch.libraries()), gpu(torch.gpus()));
    } catch (CapbenchException e) {
      LOG.warn("PyTorch does not start", e);
      return List.of(
          Finding.warn(
              "PyTorch",
              String.valueOf(e.getMessage()),
              "Until then models do not run; the rest of Capbench does. If PYTORCH_LIBRARY_PATH,"
                  + " PYTORCH_FLAVOR or PYTORCH_VERSION is set, see whether it is right"
                  + " (docs/models.md); else build Capbench on this machine, with the internet"
                  + " there once."),
          Finding.warn("GPU", "unknown", "Mend PyTorch first."));
    }
  }

  /** DJL passes silently over a folder of one's own that has no PyTorch in it. */
  Finding libraries(String version, Path loaded) {
    String value = version + ", loaded from " + loaded;
    List<String> own =
        ownLibraries == null ? List.of() : List.of(ownLibraries.split(SEPARATOR, -1));
    boolean passedOver =
        !own.isEmpty()
            && own.stream()
                .noneMatch(
                    folder -> Path.of(folder).toAbsolutePath().equals(loaded.toAbsolutePath()));
    return passedOver
        ? Finding.warn(
            "PyTorch",
            value + ", not from PYTORCH_LIBRARY_PATH",
            ownLibraries
                + " has no "
                + System.mapLibraryName("torch")
                + ": name the folder lib of an unpacked libtorch, or take PYTORCH_LIBRARY_PATH out"
                + " of the environment.")
        : Finding.ok("PyTorch", value);
  }

  Finding gpu(int gpus) {
    if (gpus > 0) {
      return Finding.ok("GPU", gpus + ", models run on gpu0 unless told otherwise");
    }
    return Files.exists(driver)
        ? Finding.warn(
            "GPU",
            "NVIDIA's driver is there, but PyTorch finds no GPU: its libraries are those for"
                + " processors, or the driver is too old for CUDA 12.8",
            "Models run on the processor. To use the GPU, follow \"On a GPU\" in docs/models.md:"
                + " get libtorch for CUDA 12.8, and set PYTORCH_LIBRARY_PATH and"
                + " PYTORCH_FLAVOR=cu128.")
        : Finding.ok("GPU", "none; models run on the processor");
  }
}
