package io.capbench.app.doctor;

import io.capbench.engine.torch.LinearMeasurement;
import io.capbench.engine.torch.LinearTable;
import io.capbench.engine.torch.LinearTables;
import io.capbench.engine.torch.NumberType;
import io.capbench.engine.torch.Processor;
import io.capbench.engine.torch.TorchRuntime;
import io.capbench.storage.model.CapbenchException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * How this processor computes linear layers, which is where models spend their time.
 *
 * @param cacheFolder where models keep what was measured
 */
public record LinearChecks(Path cacheFolder) {
  private static final Logger LOG = LoggerFactory.getLogger(LinearChecks.class);
  private static final List<NumberType> TYPES =
      List.of(NumberType.F32, NumberType.BF16, NumberType.F16, NumberType.INT8);

  /** From so many times on a cheaper type is advised. */
  private static final double WORTH_IT = 1.5;

  /** Looks up what was measured, or measures it; nothing if PyTorch does not start. */
  public Optional<LinearReport> examine() {
    try (TorchRuntime torch = TorchRuntime.start()) {
      LinearTable table = new LinearTables(torch, cacheFolder).of(TYPES);
      return Optional.of(
          new LinearReport(
              Processor.ofThisMachine().name(),
              Processor.limits(),
              torch.threads(),
              ways(table),
              advice(table)));
    } catch (CapbenchException e) {
      LOG.warn("PyTorch does not start", e);
      return Optional.empty();
    }
  }

  private static List<LinearReport.Way> ways(LinearTable table) {
    Comparator<LinearMeasurement> order =
        Comparator.comparing(LinearMeasurement::type)
            .thenComparing(LinearMeasurement::rows)
            .thenComparing(Comparator.comparingDouble(LinearMeasurement::gigabytes).reversed());
    return table.measurements().stream()
        .sorted(order)
        .map(
            m ->
                new LinearReport.Way(
                    "linear",
                    name(m.type()),
                    m.rows(),
                    m.way(),
                    table.best(m.type(), m.rows()).filter(m::equals).isPresent(),
                    m.gigabytes(),
                    m.failure()))
        .toList();
  }

  /** For models whose weights are stored in a type that another one beats. */
  static List<String> advice(LinearTable table) {
    List<String> advice = new ArrayList<>();
    for (NumberType stored : List.of(NumberType.BF16, NumberType.F16)) {
      for (NumberType cheaper : List.of(NumberType.INT8, NumberType.F32)) {
        double own = table.captionSeconds(stored).orElse(0);
        double other = table.captionSeconds(cheaper).orElse(Double.POSITIVE_INFINITY);
        if (own > WORTH_IT * other) {
          advice.add(
              String.format(
                  Locale.ROOT,
                  "Models stored in %s fuse about %.1f times as fast with --precision %s here.",
                  name(stored),
                  own / other,
                  name(cheaper)));
          break;
        }
      }
    }
    return advice;
  }

  /** One line for the list of checks. */
  static Finding finding(LinearReport report) {
    String lacks =
        report.ways().stream()
            .filter(way -> way.failure() != null)
            .map(way -> way.way() + " of " + way.type())
            .distinct()
            .collect(Collectors.joining(", "));
    String value =
        report.processor()
            + (report.limits().isEmpty() ? "" : " with " + String.join(" ", report.limits()))
            + ", "
            + report.threads()
            + " threads"
            + (lacks.isEmpty() ? "" : "; it lacks: " + lacks);
    boolean kernels = report.ways().stream().anyMatch(way -> way.way().equals("vector kernel"));
    if (!kernels) {
      return Finding.warn(
          "processor",
          value + "; Java's vector instructions are not used",
          "Start Capbench by its script, with a JDK that has the module jdk.incubator.vector.");
    }
    return report.advice().isEmpty()
        ? Finding.ok("processor", value)
        : Finding.warn("processor", value, String.join(" ", report.advice()));
  }

  private static String name(NumberType type) {
    return type.name().toLowerCase(Locale.ROOT);
  }
}
