package io.capbench.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardWatchEventKinds;
import java.nio.file.WatchKey;
import java.nio.file.WatchService;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The whole program in a process of its own, stopped from outside. */
class InterruptedProgramTest {
  @TempDir Path folder;

  @Test
  void aSignalStopsTheQueryAndTheProgramCleansUpBeforeItEnds() throws Exception {
    Path shard = folder.resolve("a.parquet");
    try (Connection connection = DriverManager.getConnection("jdbc:duckdb:");
        Statement statement = connection.createStatement()) {
      statement.execute(
          "COPY (SELECT 'row ' || i AS caption FROM range(300000) t(i)) TO '"
              + shard
              + "' (FORMAT parquet)");
    }
    Path cache = Files.createDirectories(folder.resolve("home/cache"));
    // Long work that DuckDB looks up from often.
    String slow = "list_sum(range(length(caption) * 2000)) < 0";
    try (WatchService watch = cache.getFileSystem().newWatchService()) {
      cache.register(watch, StandardWatchEventKinds.ENTRY_CREATE);
      Process program = start("rows", shard.toString(), "--where", slow);
      WatchKey begun = watch.poll(60, TimeUnit.SECONDS);
      assertThat(begun).as("DuckDB's folder was made").isNotNull();

      program.destroy(); // SIGTERM, which takes the way of SIGINT

      assertThat(program.waitFor(60, TimeUnit.SECONDS)).isTrue();
      assertThat(program.exitValue()).isEqualTo(128 + 15);
      assertThat(Files.readString(folder.resolve("err"))).isEqualTo("capbench: Stopped.\n");
      assertThat(folder.resolve("out")).isEmptyFile();
      assertThat(cache).isEmptyDirectory();
    }
  }

  @Test
  void resultsAreUtf8WhateverTheLocaleSays() throws Exception {
    Path list =
        Files.writeString(
            folder.resolve("a.jsonl"), "{\"caption\": \"猫 café\"}\n", StandardCharsets.UTF_8);

    Process program = start("rows", list.toString(), "--json");

    assertThat(program.waitFor(60, TimeUnit.SECONDS)).isTrue();
    assertThat(program.exitValue()).isZero();
    assertThat(Files.readString(folder.resolve("err"))).isEmpty();
    assertThat(Files.readString(folder.resolve("out"))).contains("猫 café");
    assertThat(folder.resolve("home/data")).as("a log without anything to say").doesNotExist();
  }

  private Process start(String... arguments) throws Exception {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    for (String option : ManagementFactory.getRuntimeMXBean().getInputArguments()) {
      if (option.startsWith("--") || option.startsWith("-XX")) {
        command.add(option);
      }
    }
    command.addAll(List.of("-cp", System.getProperty("java.class.path"), Main.class.getName()));
    command.addAll(List.of(arguments));
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .redirectOutput(folder.resolve("out").toFile())
            .redirectError(folder.resolve("err").toFile());
    builder.environment().put(AppFolders.HOME_VARIABLE, folder.resolve("home").toString());
    builder.environment().put("LC_ALL", "C");
    return builder.start();
  }
}
