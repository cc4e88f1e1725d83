package io.capbench.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LogFileTest {
  @TempDir Path folder;

  @Test
  void nothingIsMadeUntilThereIsSomethingToWrite() throws Exception {
    Path logs = folder.resolve("data/logs");
    Handler log = new LogFile(logs);
    assertThat(logs).doesNotExist();

    log.publish(failure());
    log.close();

    assertThat(text(logs)).contains("it broke 猫", "IllegalStateException", "LogFileTest");
  }

  @Test
  void aSecondRunAppends() throws Exception {
    for (int i = 0; i < 2; i++) {
      Handler log = new LogFile(folder);
      log.publish(failure());
      log.close();
    }

    assertThat(text(folder).split("it broke", -1)).hasSize(3);
  }

  @Test
  void aFolderMayHavePatternCharactersInItsName() throws Exception {
    Path logs = folder.resolve("100%h %g %%");
    Handler log = new LogFile(logs);
    log.publish(failure());
    log.close();

    assertThat(text(logs)).contains("it broke");
  }

  @Test
  void aFolderThatCannotBeMadeKeepsNobodyFromWorking() throws Exception {
    Path file = Files.createFile(folder.resolve("file"));
    Handler log = new LogFile(file.resolve("logs"));

    log.publish(failure());
    log.flush();
    log.close();

    assertThat(file).isEmptyFile();
  }

  private static LogRecord failure() {
    LogRecord event = new LogRecord(Level.SEVERE, "it broke 猫");
    event.setThrown(new IllegalStateException("why"));
    return event;
  }

  private static String text(Path logs) throws IOException {
    return Files.readString(logs.resolve("capbench-0-0.log"));
  }
}
