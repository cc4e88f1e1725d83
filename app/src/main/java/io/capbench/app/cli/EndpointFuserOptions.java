package io.capbench.app.cli;

import io.capbench.engine.fusion.ApiKey;
import io.capbench.engine.fusion.EndpointAddress;
import io.capbench.engine.fusion.EndpointApi;
import io.capbench.engine.fusion.EndpointFuser;
import io.capbench.engine.fusion.EndpointOptions;
import io.capbench.engine.fusion.Fuser;
import io.capbench.engine.fusion.FusionPrompt;
import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Which server merges captions. */
final class EndpointFuserOptions {
  @Option(
      names = "--endpoint",
      paramLabel = "URL",
      description =
          "Address of a server with OpenAI's interface (vLLM, llama.cpp, Ollama, ...), such as"
              + " http://localhost:8000/v1, in place of --model.")
  private @Nullable String url;

  @Option(
      names = "--model-name",
      paramLabel = "NAME",
      description = "The server's name of the model; not needed if it has but one.")
  private @Nullable String modelName;

  @Option(
      names = "--api",
      paramLabel = "WAY",
      description =
          "How the server is asked: completions or chat (default: completions, and chat if it does"
              + " not know that).")
  private @Nullable EndpointApi api;

  @Option(
      names = "--api-key-env",
      paramLabel = "VARIABLE",
      description = "The environment variable that has the server's key.")
  private @Nullable String keyVariable;

  @Option(
      names = "--tokenizer",
      paramLabel = "DIR",
      description =
          "Folder with the tokenizer.json of the server's model, to cut long prompts before they are"
              + " sent; else they are sent whole.")
  private @Nullable Path tokenizer;

  @Option(
      names = "--timeout",
      paramLabel = "SECONDS",
      description = "How long one request may take; 120 if not given.")
  private int timeout = (int) EndpointOptions.usual().timeout().toSeconds();

  @Nullable String url() {
    return url;
  }

  /** Opens the server; nothing is sent yet. To be closed by the caller. */
  Fuser open(FusionPrompt prompt, int maxNew, int requests, int promptTokens) {
    String address = url;
    if (address == null) {
      throw new IllegalStateException("No endpoint was named");
    }
    EndpointOptions usual = EndpointOptions.usual();
    EndpointOptions options =
        new EndpointOptions(
            maxNew, requests, Duration.ofSeconds(timeout), usual.retries(), usual.firstDelay());
    ApiKey key = keyVariable == null ? null : ApiKey.from(keyVariable, System.getenv());
    return new EndpointFuser(
        EndpointAddress.of(address, api),
        modelName,
        key,
        prompt,
        options,
        tokenizer == null ? null : new EndpointFuser.Shortening(tokenizer, promptTokens));
  }
}
