package io.capbench.app.bench;

import com.sun.management.OperatingSystemMXBean;
import io.capbench.engine.text.CaptionMeasure;
import io.capbench.storage.bench.BenchShards;
import io.capbench.storage.dataset.Dataset;
import io.capbench.storage.dataset.DatasetOpener;
import io.capbench.storage.job.JobContext;
import io.capbench.storage.model.CapbenchException;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** Provenance and detectors of a shard that nobody has measured before. */
final class MeasureCases {
  private static final double NANOS = 1e6;

  private final BenchShards shards;
  private final int rowsInGroup;
  private final Path folder;
  private final JobContext context;
  private final OperatingSystemMXBean program =
      ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);

  MeasureCases(BenchShards shards, int rowsInGroup, Path folder, JobContext context) {
    this.shards = shards;
    this.rowsInGroup = rowsInGroup;
    this.folder = folder;
    this.context = context;
  }

  List<BenchCase> run() {
    List<BenchCase> cases = new ArrayList<>();
    // The first time Java still compiles what it runs.
    measure(cases, "the first time");
    measure(cases, "the second time");
    return cases;
  }

  private void measure(List<BenchCase> cases, String when) {
    Path cache = folder.resolve("measured");
    remove(cache);
    DatasetOpener opener = new DatasetOpener(cache, false, new CaptionMeasure());
    try (Dataset dataset = opener.open(List.of(shards.grouped(rowsInGroup)), context)) {
      long start = System.nanoTime();
      long processors = program.getProcessCpuTime();
      dataset.measure(dataset.info().mapping(), context);
      double time = (System.nanoTime() - start) / NANOS;
      double used = (program.getProcessCpuTime() - processors) / NANOS;
      String name = "provenance and detectors, " + when;
      cases.add(BenchCase.alone(name, time, "ms"));
      cases.add(BenchCase.alone(name + ", processor time", used, "ms"));
    }
    remove(cache);
  }

  private static void remove(Path cache) {
    if (!Files.exists(cache)) {
      return;
    }
    try (Stream<Path> files = Files.walk(cache)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    } catch (IOException e) {
      throw new CapbenchException(cache + " cannot be removed: " + e + "; remove it", e);
    }
  }
}
