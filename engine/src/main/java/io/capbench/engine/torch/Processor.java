package io.capbench.engine.torch;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Which processor this is, for people and as a key of what was measured on it. Nothing is concluded
 * from it.
 *
 * @param name as the system calls it
 * @param details instructions it knows, and settings that keep programs from using them
 */
public record Processor(String name, List<String> details) {
  private static final Logger LOG = LoggerFactory.getLogger(Processor.class);
  private static final Path LINUX = Path.of("/proc/cpuinfo");

  /** Variables by which a person makes a processor behave like a lesser one. */
  private static final List<String> LIMITS =
      List.of("ONEDNN_MAX_CPU_ISA", "DNNL_MAX_CPU_ISA", "ATEN_CPU_CAPABILITY");

  /** Copies the list. */
  public Processor {
    details = List.copyOf(details);
  }

  /** This one. */
  public static Processor ofThisMachine() {
    List<String> details = new ArrayList<>();
    String name = Optional.ofNullable(System.getenv("PROCESSOR_IDENTIFIER")).orElse("");
    if (Files.isReadable(LINUX)) {
      try {
        List<String> lines = Files.readAllLines(LINUX);
        name = value(lines, "model name");
        details.add(value(lines, "flags"));
      } catch (IOException e) {
        LOG.debug("{} was not read", LINUX, e);
      }
    }
    details.addAll(limits());
    String system = System.getProperty("os.name") + " " + System.getProperty("os.arch");
    return new Processor(name.isBlank() ? system : name, details);
  }

  /** Settings of this process that make it a lesser processor, as they were given. */
  public static List<String> limits() {
    List<String> limits = new ArrayList<>();
    for (String variable : LIMITS) {
      String value = System.getenv(variable);
      if (value != null) {
        limits.add(variable + "=" + value);
      }
    }
    ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
        .filter(option -> option.startsWith("-XX:UseAVX") || option.startsWith("-XX:UseSSE"))
        .forEach(limits::add);
    return limits;
  }

  private static String value(List<String> lines, String key) {
    return lines.stream()
        .filter(line -> line.startsWith(key))
        .map(line -> line.substring(line.indexOf(':') + 1).strip())
        .findFirst()
        .orElse("");
  }
}
