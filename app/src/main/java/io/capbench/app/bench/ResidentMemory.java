package io.capbench.app.bench;

import io.capbench.storage.model.CapbenchException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.OptionalDouble;
import java.util.function.Consumer;
import java.util.function.IntConsumer;

/** What this program holds in memory, as Linux counts it, in MB. */
final class ResidentMemory {
  private static final Path STATUS = Path.of("/proc/self/status");
  private static final Path CLEAR = Path.of("/proc/self/clear_refs");

  /** In MB; what the system calls kB. */
  private static final double KIBIBYTE = 1_024 / 1e6;

  private static final int WARM_UP = 100;

  /** What clears the peak. */
  private static final String PEAK = "5";

  /** Whether this system says it; if not, that is told. */
  boolean isToldTo(Consumer<String> say) {
    boolean known = Files.exists(STATUS);
    if (!known) {
      say.accept("Left out: resident memory, which is only measured on Linux");
    }
    return known;
  }

  /** Everything, mapped files included. */
  OptionalDouble now() {
    return value("VmRSS");
  }

  /** The most there ever was, or since {@link #forgetPeak}. */
  OptionalDouble peak() {
    return value("VmHWM");
  }

  /** Lets the peak begin at what is held now. */
  void forgetPeak() {
    try {
      Files.writeString(CLEAR, PEAK);
    } catch (IOException e) {
      throw new CapbenchException(CLEAR + " cannot be written: " + e.getMessage(), e);
    }
  }

  /**
   * Does something again and again.
   *
   * @param what names the case
   * @param once done up to a hundred times before it counts
   * @return the anonymous memory that is held at the end more than before, after Java has cleaned
   *     up
   */
  BenchCase growth(String what, int times, IntConsumer once) {
    for (int i = 0; i < Math.min(WARM_UP, times); i++) {
      once.accept(i);
    }
    double before = held();
    for (int i = 0; i < times; i++) {
      once.accept(i);
    }
    return BenchCase.alone(what, held() - before, "MB");
  }

  private static double held() {
    System.gc();
    return value("RssAnon").orElse(0);
  }

  private static OptionalDouble value(String field) {
    try {
      return Files.readAllLines(STATUS).stream()
          .filter(line -> line.startsWith(field + ":"))
          .mapToDouble(line -> Double.parseDouble(line.replaceAll("\\D", "")) * KIBIBYTE)
          .findFirst();
    } catch (IOException e) {
      throw new CapbenchException(STATUS + " cannot be read: " + e.getMessage(), e);
    }
  }
}
