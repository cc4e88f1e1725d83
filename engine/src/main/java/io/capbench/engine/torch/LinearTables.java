package io.capbench.engine.torch;

import ai.djl.ndarray.NDManager;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Collection;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps {@link LinearTable}s: in this process, and in a file of the cache for each processor,
 * version of PyTorch and of Java, and number of threads. Thread-safe.
 */
public final class LinearTables {
  private static final Logger LOG = LoggerFactory.getLogger(LinearTables.class);

  /** Changes whenever the ways or how they are tried do. */
  private static final int VERSION = 2;

  private static final ObjectMapper JSON = new ObjectMapper();

  /**
   * What holds for the process, as PyTorch's engine itself does, also where no file can be kept.
   */
  private static final ConcurrentMap<String, LinearTable> KNOWN = new ConcurrentHashMap<>();

  private final TorchRuntime torch;
  private final Path cacheFolder;

  /**
   * Tables of this machine.
   *
   * @param torch stays the caller's
   * @param cacheFolder made if it is not there; without one that can be written, every process
   *     tries anew
   */
  public LinearTables(TorchRuntime torch, Path cacheFolder) {
    this.torch = torch;
    this.cacheFolder = cacheFolder;
  }

  /** What the file holds. */
  private record Kept(
      String processor,
      String pytorch,
      int threads,
      String java,
      List<LinearMeasurement> measurements) {}

  /**
   * A table that has at least some types; those that are not known are tried now, each for some
   * seconds. What was measured while other programs kept the machine busy holds for this process
   * only.
   */
  public LinearTable of(Collection<NumberType> types) {
    String key = key();
    synchronized (KNOWN) {
      Path file = cacheFolder.resolve("linear-" + key + ".json");
      LinearTable table = KNOWN.getOrDefault(key, new LinearTable(List.of()));
      if (types.stream().anyMatch(type -> !table.has(type))) {
        LinearTable complete = completed(file, table, types);
        KNOWN.put(key, complete);
        return complete;
      }
      return table;
    }
  }

  private LinearTable completed(Path file, LinearTable known, Collection<NumberType> types) {
    LinearTable kept = read(file);
    LinearTable table = known.measurements().isEmpty() ? kept : known;
    boolean further = false;
    for (NumberType type : types) {
      if (!table.has(type)) {
        Tried tried = trial(type);
        table = table.with(tried.measurements());
        if (tried.steady()) {
          kept = kept.with(tried.measurements());
          further = true;
        }
      }
    }
    if (further) {
      write(file, kept);
    }
    return table;
  }

  /** What came of a trial, and whether it will hold for the next process. */
  private record Tried(List<LinearMeasurement> measurements, boolean steady) {}

  private Tried trial(NumberType type) {
    long start = System.nanoTime();
    try (NDManager manager = torch.newManager(TorchDevice.PROCESSOR);
        LinearWays ways = new LinearWays(manager, torch.threads())) {
      LinearTrial trial = new LinearTrial(manager, ways, type);
      List<LinearMeasurement> measured = trial.run();
      LOG.debug(
          "Linear layers of {} were tried in {} ms, {}",
          type,
          (System.nanoTime() - start) / 1_000_000,
          trial.steady() ? "and are kept" : "on a machine that was busy");
      return new Tried(measured, trial.steady());
    }
  }

  private String key() {
    List<String> parts =
        List.of(
            String.valueOf(VERSION),
            Processor.ofThisMachine().toString(),
            torch.version(),
            String.valueOf(torch.threads()),
            System.getProperty("java.vm.version"));
    try {
      byte[] hash =
          MessageDigest.getInstance("SHA-256")
              .digest(String.join("\n", parts).getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(hash, 0, 8);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  private static LinearTable read(Path file) {
    if (Files.isRegularFile(file)) {
      try {
        return new LinearTable(JSON.readValue(file.toFile(), Kept.class).measurements());
      } catch (IOException e) {
        LOG.debug("{} is made anew", file, e);
      }
    }
    return new LinearTable(List.of());
  }

  private void write(Path file, LinearTable table) {
    Kept kept =
        new Kept(
            Processor.ofThisMachine().name(),
            torch.version(),
            torch.threads(),
            System.getProperty("java.vm.version"),
            table.measurements());
    try {
      Files.createDirectories(cacheFolder);
      Path part = Files.createTempFile(cacheFolder, "linear-", ".part");
      JSON.writerWithDefaultPrettyPrinter().writeValue(part.toFile(), kept);
      Files.move(part, file, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      LOG.debug("{} cannot be kept", file, e);
    }
  }
}
