package io.capbench.app;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The whole program in a process of its own. */
final class Program {
  private Program() {}

  /**
   * Starts it with a home of its own.
   *
   * @param folder gets what it says in {@code out} and {@code err}, and its home in {@code home}
   * @param arguments options of the JVM, which begin with -D, and then those of the program
   */
  static Process start(Path folder, String... arguments) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    for (String option : ManagementFactory.getRuntimeMXBean().getInputArguments()) {
      if (option.startsWith("--") || option.startsWith("-XX")) {
        command.add(option);
      }
    }
    List<String> options = List.of(arguments).stream().filter(one -> one.startsWith("-D")).toList();
    command.addAll(options);
    command.addAll(List.of("-cp", System.getProperty("java.class.path"), Main.class.getName()));
    command.addAll(List.of(arguments).subList(options.size(), arguments.length));
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .redirectOutput(folder.resolve("out").toFile())
            .redirectError(folder.resolve("err").toFile());
    builder.environment().put(AppFolders.HOME_VARIABLE, folder.resolve("home").toString());
    builder.environment().put("LC_ALL", "C");
    return builder.start();
  }
}
