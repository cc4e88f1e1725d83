package io.capbench.app.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.capbench.app.AppFolders;
import io.capbench.app.AppHome;
import io.capbench.app.WebAccess;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Runs commands in this process, in folders of their own, and keeps what they wrote. */
final class Cli {
  private static final ObjectMapper JSON = new ObjectMapper();

  final AppFolders folders;
  private final Path home;
  private Windows windows = windows(path -> 0);
  private boolean onTerminal;
  private Map<String, String> environment = Map.of();

  Cli(Path home) {
    this.home = home;
    this.folders =
        new AppFolders(home.resolve("config"), home.resolve("data"), home.resolve("cache"));
  }

  /** With these environment variables from now on. */
  Cli environment(Map<String, String> variables) {
    environment = variables;
    return this;
  }

  /** As if a person looked at both streams. */
  Cli onTerminal(Map<String, String> environment) {
    this.onTerminal = true;
    this.environment = environment;
    return this;
  }

  Cli with(Windows windows) {
    this.windows = windows;
    return this;
  }

  /** A window whose opening does that. */
  static Windows windows(Function<List<Path>, Integer> open) {
    return new Windows() {
      @Override
      public int open(List<Path> datasets, @Nullable Path workspace, @Nullable Path model) {
        return open.apply(datasets);
      }

      @Override
      public int tour(Path out) {
        return open.apply(List.of(out));
      }
    };
  }

  Result run(Object... arguments) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    Terminal terminal = new Terminal(out, err, () -> onTerminal, () -> onTerminal, environment);
    String[] words = new String[arguments.length];
    for (int i = 0; i < words.length; i++) {
      words[i] = arguments[i].toString();
    }
    int code =
        new CapbenchCommand(
                terminal, folders, new AppHome(home), WebAccess.of(environment), windows)
            .run(words);
    return new Result(
        code, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
  }

  /** What a command left. */
  record Result(int code, String out, String err) {

    /** The one value on standard output. */
    JsonNode json() throws IOException {
      return JSON.readTree(out);
    }

    /** The values on standard output, one a line. */
    List<JsonNode> jsonLines() {
      return out.lines().map(Result::parse).toList();
    }

    private static JsonNode parse(String line) {
      try {
        return JSON.readTree(line);
      } catch (IOException e) {
        throw new AssertionError("Not JSON: " + line, e);
      }
    }
  }

  /** Names of an object's fields in their order. */
  static List<String> fields(JsonNode object) {
    List<String> names = new java.util.ArrayList<>();
    object.fieldNames().forEachRemaining(names::add);
    return names;
  }
}
