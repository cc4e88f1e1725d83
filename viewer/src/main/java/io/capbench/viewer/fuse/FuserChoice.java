package io.capbench.viewer.fuse;

import org.jspecify.annotations.Nullable;

/**
 * Who merges captions: a model's folder on this machine, or a server.
 *
 * @param folder with config.json, weights and tokenizer.json; null for a server
 * @param int8 whether its weights are made smaller, to a byte each
 * @param endpoint the server's address; null for a folder
 * @param model the server's name of the model, or null if it has but one
 * @param keyVariable the environment variable that holds the server's key, or null if it wants
 *     none; the key itself is never kept
 */
public record FuserChoice(
    @Nullable String folder,
    boolean int8,
    @Nullable String endpoint,
    @Nullable String model,
    @Nullable String keyVariable) {

  /** A model on this machine. */
  public static FuserChoice local(String folder, boolean int8) {
    return new FuserChoice(folder, int8, null, null, null);
  }

  /** A server; blank texts are none. */
  public static FuserChoice server(String endpoint, String model, String keyVariable) {
    return new FuserChoice(
        null, false, endpoint.strip(), orNull(model.strip()), orNull(keyVariable.strip()));
  }

  private static @Nullable String orNull(String text) {
    return text.isEmpty() ? null : text;
  }

  /** Where it is, for people; empty if nothing was chosen. */
  public String place() {
    String where = folder == null ? endpoint : folder;
    return where == null ? "" : where;
  }
}
