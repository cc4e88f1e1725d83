package io.capbench.app.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.capbench.app.AppHome;
import io.capbench.app.WebAccess;
import io.capbench.app.cli.Cli.Result;
import io.capbench.storage.model.CapbenchException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CancellationException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CapbenchCommandTest {
  @TempDir Path folder;
  private Cli cli;

  @BeforeEach
  void makeCommandLine() {
    cli = new Cli(folder);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "open",
        "inspect",
        "images",
        "rows",
        "provenance",
        "review",
        "review log",
        "review reanchor",
        "export",
        "models",
        "models list",
        "models get",
        "tour",
        "doctor"
      })
  void everyCommandExplainsItselfOnStandardOutput(String command) {
    List<String> words = new ArrayList<>(List.of(command.split(" ", -1)));
    words.add("--help");

    Result result = cli.run(words.toArray());

    assertThat(result.code()).isZero();
    assertThat(result.err()).isEmpty();
    assertThat(result.out())
        .startsWith("Usage: capbench " + command)
        .contains("Options:", "Exit codes:", "130")
        .doesNotContain("\u001b");
    if (!command.equals("review") && !command.equals("models")) {
      assertThat(result.out()).contains("Example");
    }
  }

  @Test
  void theHelpOfTheProgramListsItsCommands() {
    assertThat(cli.run("--help").out())
        .contains(
            "open",
            "inspect",
            "rows",
            "images",
            "provenance",
            "review",
            "export",
            "tour",
            "doctor");
  }

  @Test
  void theVersionIsOnStandardOutput() {
    Result result = cli.run("--version");

    assertThat(result.code()).isZero();
    assertThat(result.out()).startsWith("capbench ").contains("Java ");
  }

  @Test
  void anUnknownCommandIsAUsageError() {
    Result result = cli.run("inspekt");

    assertThat(result.code()).isEqualTo(2);
    assertThat(result.out()).isEmpty();
    assertThat(result.err()).contains("inspekt", "inspect", "Usage: capbench");
  }

  @Test
  void anUnknownOptionIsAUsageErrorThatShowsHowTheCommandIsUsed() {
    Result result = cli.run("inspect", "x.parquet", "--jsno");

    assertThat(result.code()).isEqualTo(2);
    assertThat(result.out()).isEmpty();
    assertThat(result.err())
        .contains("--jsno", "--json", "Usage: capbench inspect", "Try capbench inspect --help");
  }

  @Test
  void aMissingSubcommandIsAUsageError() {
    assertThat(cli.run("review").code()).isEqualTo(2);
  }

  @Test
  void noArgumentsOpenTheWindowOnNothing() {
    List<List<Path>> opened = new ArrayList<>();
    cli.with(
        Cli.windows(
            datasets -> {
              opened.add(datasets);
              return 0;
            }));

    assertThat(cli.run().code()).isZero();

    assertThat(opened).containsExactly(List.of());
  }

  @Test
  void openHandsTheModelOver() {
    List<String> opened = new ArrayList<>();
    cli.with(
        new Windows() {
          @Override
          public int open(List<Path> datasets, @Nullable Path workspace, @Nullable Path model) {
            opened.add(datasets + " with " + model);
            return 0;
          }

          @Override
          public int tour(Path out) {
            throw new AssertionError("Nobody asked for the tour");
          }
        });

    cli.run("open", "a.parquet", "--model", "clip");
    cli.run("open", "a.parquet");

    assertThat(opened).containsExactly("[a.parquet] with clip", "[a.parquet] with null");
  }

  @Test
  void openAndTourHandTheirArgumentsOverAndEndWithTheWindowsCode() {
    List<List<Path>> calls = new ArrayList<>();
    cli.with(
        Cli.windows(
            paths -> {
              calls.add(paths);
              return 7;
            }));

    assertThat(cli.run("open", "a.parquet", "b").code()).isEqualTo(7);
    assertThat(cli.run("tour").code()).isEqualTo(7);
    assertThat(cli.run("tour", "--out", "there").code()).isEqualTo(7);

    assertThat(calls)
        .containsExactly(
            List.of(Path.of("a.parquet"), Path.of("b")),
            List.of(Path.of("capbench-tour")),
            List.of(Path.of("there")));
  }

  @Test
  void aFailureThatAPersonCanMendIsOneSentence() {
    Result result = failing(new CapbenchException("It is \u001b[31mbroken"));

    assertThat(result.code()).isEqualTo(1);
    assertThat(result.out()).isEmpty();
    assertThat(result.err()).isEqualTo("capbench: It is \\u001b[31mbroken\n");
  }

  @Test
  void anUnexpectedFailureNamesTheLogAndShowsNoStack() {
    Result result = failing(new IllegalStateException("secret caption"));

    assertThat(result.code()).isEqualTo(1);
    assertThat(result.err())
        .contains(cli.folders.logs().toString(), "IllegalStateException")
        .doesNotContain("\tat ", "secret caption");
    assertThat(result.err().lines()).hasSize(1);
  }

  @Test
  void aLibraryThatDoesNotLoadIsNoStackEither() {
    Result result =
        new Cli(folder)
            .with(
                Cli.windows(
                    paths -> {
                      throw new UnsatisfiedLinkError("libglass");
                    }))
            .run("open");

    assertThat(result.code()).isEqualTo(1);
    assertThat(result.err()).contains("UnsatisfiedLinkError", "doctor").doesNotContain("\tat ");
  }

  @Test
  void anInterruptedCommandEndsAsTheShellExpects() {
    Result result = failing(new CancellationException());

    assertThat(result.code()).isEqualTo(130);
    assertThat(result.err()).isEqualTo("capbench: Stopped.\n");
  }

  private Result failing(RuntimeException failure) {
    return cli.with(
            Cli.windows(
                paths -> {
                  throw failure;
                }))
        .run("open");
  }

  @Test
  void aReaderWhoHadEnoughEndsTheProgramQuietly() throws Exception {
    Result result = writingTo("Broken pipe");

    assertThat(result.code()).isZero();
    assertThat(result.err()).isEmpty();
  }

  @Test
  void aFullDiskIsAFailureThatIsToldOnce() throws Exception {
    Result result = writingTo("No space left on device");

    assertThat(result.code()).isEqualTo(1);
    assertThat(result.err())
        .isEqualTo("capbench: The results cannot be written: No space left on device\n");
  }

  private Result writingTo(String failure) throws Exception {
    Path shard = Shards.capsFusion(folder.resolve("a.parquet"));
    OutputStream full =
        new OutputStream() {
          @Override
          public void write(int b) throws IOException {
            throw new IOException(failure);
          }
        };
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    Terminal terminal = new Terminal(full, err, () -> false, () -> false, Map.of());
    int code =
        new CapbenchCommand(
                terminal,
                cli.folders,
                new AppHome(folder),
                WebAccess.USUAL,
                Cli.windows(paths -> 0))
            .run("rows", shard.toString());
    return new Result(code, "", err.toString(StandardCharsets.UTF_8));
  }

  @Test
  void aFileInPlaceOfACommandIsToldHowToOpenIt() throws Exception {
    Path shard = Files.createFile(folder.resolve("captions.parquet"));

    Result result = cli.run(shard);

    assertThat(result.code()).isEqualTo(2);
    assertThat(result.err()).contains("capbench open " + shard);
  }
}
