package io.capbench.app;

import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import org.jspecify.annotations.Nullable;

/**
 * Where Capbench keeps its things on this machine, by the habits of the system.
 *
 * @param config settings
 * @param data workspaces
 * @param cache what can be made again; may be deleted while Capbench does not run
 */
public record AppFolders(Path config, Path data, Path cache) {
  /** Environment variable that puts all three into one folder. */
  public static final String HOME_VARIABLE = "CAPBENCH_HOME";

  private static final String NAME = "capbench";

  /**
   * The folders for this environment; nothing is created.
   *
   * @param environment as {@link System#getenv()} gives it
   * @param properties as {@link System#getProperties()} gives them
   */
  public static AppFolders of(Map<String, String> environment, Properties properties) {
    String own = environment.get(HOME_VARIABLE);
    if (own != null && !own.isBlank()) {
      Path home = Path.of(own).toAbsolutePath();
      return new AppFolders(home.resolve("config"), home.resolve("data"), home.resolve("cache"));
    }
    Path home = Path.of(properties.getProperty("user.home", "."));
    String system = properties.getProperty("os.name", "").toLowerCase(Locale.ROOT);
    if (system.startsWith("windows")) {
      Path roaming = either(environment.get("APPDATA"), home.resolve("AppData/Roaming"));
      Path local = either(environment.get("LOCALAPPDATA"), home.resolve("AppData/Local"));
      return new AppFolders(
          roaming.resolve(NAME), local.resolve(NAME), local.resolve(NAME).resolve("cache"));
    }
    if (system.startsWith("mac")) {
      Path library = home.resolve("Library");
      Path support = library.resolve("Application Support").resolve(NAME);
      return new AppFolders(support, support, library.resolve("Caches").resolve(NAME));
    }
    return new AppFolders(
        either(environment.get("XDG_CONFIG_HOME"), home.resolve(".config")).resolve(NAME),
        either(environment.get("XDG_DATA_HOME"), home.resolve(".local/share")).resolve(NAME),
        either(environment.get("XDG_CACHE_HOME"), home.resolve(".cache")).resolve(NAME));
  }

  /** The workspace of people who name none. */
  public Path defaultWorkspace() {
    return data.resolve("workspace.capbench");
  }

  /** Where models are that Capbench fetched. */
  public Path models() {
    return data.resolve("models");
  }

  /** The file of {@link AppSettings}. */
  public Path settings() {
    return config.resolve("settings.json");
  }

  /** Where the log files are. */
  public Path logs() {
    return data.resolve("logs");
  }

  private static Path either(@Nullable String value, Path otherwise) {
    return value == null || value.isBlank() ? otherwise : Path.of(value);
  }
}
