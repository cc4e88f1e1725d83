package io.capbench.engine.fusion;

import io.capbench.engine.tokenizer.LlamaTokenizer;
import io.capbench.storage.job.JobContext;
import io.capbench.storage.model.CapbenchException;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Merges captions on a server that speaks OpenAI's interface, such as vLLM, llama.cpp's server or
 * Ollama. Several requests are on their way at the same time; what may pass is tried again. The
 * server's tokens are not known here, so prompts are shortened only where a tokenizer is given.
 */
public final class EndpointFuser implements Fuser {
  private static final int MOST_CHARACTERS = 20_000;

  private final FusionPrompt prompt;
  private final EndpointOptions options;
  private final @Nullable LlamaTokenizer tokenizer;
  private final @Nullable PromptTruncation truncation;
  private final EndpointCall call;
  private final FuserDescription description;
  private EndpointApi api;
  private boolean apiSettled;

  /**
   * Prepares requests; nothing is sent yet.
   *
   * @param address where to
   * @param model the server's name of the model, or null if it has but one
   * @param key or null if the server wants none
   * @param prompt what the model is given
   * @param options how it is asked
   * @param shortening how prompts are cut, or null if they are sent whole
   * @throws CapbenchException if the prompt does not fit, or there is no tokenizer in its folder
   */
  public EndpointFuser(
      EndpointAddress address,
      @Nullable String model,
      @Nullable ApiKey key,
      FusionPrompt prompt,
      EndpointOptions options,
      @Nullable Shortening shortening) {
    this.prompt = prompt;
    this.options = options;
    this.tokenizer = shortening == null ? null : LlamaTokenizer.open(shortening.folder());
    this.truncation = truncation(shortening);
    this.call = new EndpointCall(address, model, key, options.maxNewTokens());
    this.api = address.api() == null ? EndpointApi.COMPLETIONS : address.api();
    this.apiSettled = address.api() != null;
    String way = address.api() == null ? "any" : address.api().name().toLowerCase(Locale.ROOT);
    this.description =
        new FuserDescription(
            model == null ? address.host() : model,
            Sha256.of("endpoint:" + address.root() + (model == null ? "" : " " + model)),
            "",
            address.host(),
            prompt.sha256(),
            "max_new=%d temperature=0 api=%s prompt_tokens=%s"
                .formatted(
                    options.maxNewTokens(),
                    way,
                    shortening == null ? "any" : String.valueOf(shortening.tokens())));
  }

  /**
   * How prompts are shortened before they are sent.
   *
   * @param folder with the model's tokenizer.json
   * @param tokens of a prompt at most
   */
  public record Shortening(Path folder, int tokens) {}

  private @Nullable PromptTruncation truncation(@Nullable Shortening shortening) {
    LlamaTokenizer open = tokenizer;
    if (open == null || shortening == null) {
      return null;
    }
    try {
      PromptTokenizer tokens = PromptTokenizer.of(open);
      return new PromptTruncation(prompt, tokens, shortening.tokens(), false);
    } catch (RuntimeException e) {
      open.close();
      throw e;
    }
  }

  @Override
  public FuserDescription description() {
    return description;
  }

  @Override
  public FusedCaption fuse(CaptionPair captions, Consumer<String> part, JobContext context) {
    One one = new One();
    run(List.of(new KeyedPair<>(0, captions)).iterator(), one, part, context);
    return one.caption();
  }

  @Override
  public <K> void fuseAll(Iterator<KeyedPair<K>> pairs, FusionSink<K> sink, JobContext context) {
    run(pairs, sink, null, context);
  }

  private <K> void run(
      Iterator<KeyedPair<K>> pairs,
      FusionSink<K> sink,
      @Nullable Consumer<String> part,
      JobContext context) {
    Requests<K> requests = new Requests<>(this, options, sink, part, context);
    requests.run(pairs);
  }

  /** Why these captions are not sent, if they are not. */
  Optional<String> objection(CaptionPair captions) {
    if (captions.raw().length() + (long) captions.synthetic().length() > MOST_CHARACTERS
        && truncation == null) {
      return Optional.of("The captions have more than 20,000 characters together");
    }
    return prompt.objection(captions);
  }

  String promptOf(CaptionPair captions) {
    if (truncation != null) {
      return truncation.fit(captions).text();
    }
    CaptionPair stripped = captions.stripped();
    return prompt.of(stripped.raw(), stripped.synthetic());
  }

  EndpointCall.Sent send(
      String text, EndpointApi way, @Nullable Consumer<String> part, Consumer<Outcome> end) {
    return call.send(text, way, part, end);
  }

  /** A caption came back. */
  void answered() {
    apiSettled = true;
  }

  /** How the next request is asked. */
  EndpointApi way() {
    return api;
  }

  /** The server does not know a way: whether there is another, which the next requests take. */
  boolean hasOtherWayThan(@Nullable EndpointApi tried) {
    if (!apiSettled) {
      api = EndpointApi.CHAT;
    }
    return api != tried;
  }

  @Override
  public void close() {
    if (tokenizer != null) {
      tokenizer.close();
    }
  }

  /** Takes the result of a single pair. */
  private static final class One implements FusionSink<Integer> {
    private @Nullable FusedCaption caption;
    private String reason = "";

    @Override
    public void fused(Integer key, FusedCaption fused) {
      caption = fused;
    }

    @Override
    public void failed(Integer key, String why) {
      reason = why;
    }

    FusedCaption caption() {
      FusedCaption found = caption;
      if (found == null) {
        throw new CapbenchException("The captions were not merged. " + reason + ".");
      }
      return found;
    }
  }
}
