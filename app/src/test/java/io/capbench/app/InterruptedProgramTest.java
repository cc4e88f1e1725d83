package io.capbench.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardWatchEventKinds;
import java.nio.file.WatchService;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
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
      Process program = Program.start(folder, "rows", shard.toString(), "--where", slow);
      watch.take(); // DuckDB's folder was made

      program.destroy(); // SIGTERM, which takes the way of SIGINT

      assertThat(program.waitFor()).isEqualTo(128 + 15);
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

    Process program = Program.start(folder, "rows", list.toString(), "--json");

    assertThat(program.waitFor()).isZero();
    assertThat(Files.readString(folder.resolve("err"))).isEmpty();
    assertThat(Files.readString(folder.resolve("out"))).contains("猫 café");
    assertThat(folder.resolve("home/data")).as("a log without anything to say").doesNotExist();
  }
}
