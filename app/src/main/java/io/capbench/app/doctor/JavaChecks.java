package io.capbench.app.doctor;

import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;
import java.nio.charset.Charset;
import java.nio.charset.IllegalCharsetNameException;
import java.nio.charset.StandardCharsets;
import java.nio.charset.UnsupportedCharsetException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Properties;

/**
 * Java itself, its memory and its idea of file names.
 *
 * @param properties as {@link System#getProperties()} gives them
 */
record JavaChecks(Properties properties) {
  private static final int OLDEST = 17;
  private static final long SMALLEST_HEAP = 512L << 20;
  private static final double GIB = 1L << 30;
  private static final String ROOM = "CAPBENCH_JAVA_OPTIONS=-Xmx4g capbench ... gives it more.";

  List<Finding> examine() {
    List<Finding> findings = new ArrayList<>();
    findings.add(version());
    findings.add(memory(Runtime.getRuntime().maxMemory(), machineMemory()));
    findings.add(fileNames());
    return findings;
  }

  private Finding version() {
    String value =
        properties.getProperty("java.version", "unknown")
            + ", "
            + properties.getProperty("java.vendor", "unknown vendor")
            + ", "
            + properties.getProperty("os.name", "unknown system")
            + " "
            + properties.getProperty("os.arch", "");
    int feature = feature(properties.getProperty("java.specification.version", "0"));
    return feature >= OLDEST
        ? Finding.ok("Java", value)
        : Finding.problem(
            "Java", value, "Install a JDK of version 17 or newer, or point JAVA_HOME at one.");
  }

  private static int feature(String specification) {
    int dot = specification.indexOf('.');
    try {
      return Integer.parseInt(dot < 0 ? specification : specification.substring(0, dot));
    } catch (NumberFormatException e) {
      return 0;
    }
  }

  private static long machineMemory() {
    return ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class).getTotalMemorySize();
  }

  static Finding memory(long heap, long machine) {
    String value =
        String.format(
            Locale.ROOT,
            "%.1f GiB for Java of %.1f GiB in this machine",
            heap / GIB,
            machine / GIB);
    return heap >= SMALLEST_HEAP
        ? Finding.ok("memory", value)
        : Finding.warn("memory", value, "Java has little room. " + ROOM);
  }

  /** Under LANG=C Java reads every letter of a file name or argument beyond ASCII as a mark. */
  private Finding fileNames() {
    String name = properties.getProperty("sun.jnu.encoding", "UTF-8");
    Charset charset;
    try {
      charset = Charset.forName(name);
    } catch (IllegalCharsetNameException | UnsupportedCharsetException e) {
      charset = StandardCharsets.US_ASCII;
    }
    return charset.equals(StandardCharsets.US_ASCII)
        ? Finding.warn(
            "file names",
            name,
            "File names and arguments with letters beyond ASCII are not understood in this locale."
                + " Set one with UTF-8, for example LC_ALL=C.UTF-8.")
        : Finding.ok("file names", name);
  }
}
