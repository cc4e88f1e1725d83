package io.capbench.storage.source;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Addresses that were named like files: as a path, {@code https://a/b} is {@code https:/a/b}. */
final class RemoteAddress {
  private static final Pattern ADDRESS =
      Pattern.compile("(?i)(https?|hf|s3a?|gs|gcs|r2|az|azure|abfss?):[/\\\\]+(.+)");

  private RemoteAddress() {}

  /** Whether it is an address, and no file has that name. */
  static boolean is(Path path) {
    return ADDRESS.matcher(path.toString()).matches() && !Files.exists(path);
  }

  /** Why it does not open, and what to do. */
  static String problem(Path path) {
    Matcher parts = ADDRESS.matcher(path.toString());
    String address =
        parts.matches()
            ? parts.group(1) + "://" + parts.group(2).replace('\\', '/')
            : path.toString();
    return address
        + " is not on this machine. Reading it from there takes DuckDB's extension httpfs, which is"
        + " no part of Capbench and is never fetched by itself; download the file, for example with"
        + " curl or huggingface-cli, and name the copy";
  }
}
