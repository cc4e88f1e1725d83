package io.capbench.engine.fusion;

import io.capbench.storage.model.CapbenchException;
import java.util.List;

/**
 * Makes prompts of a number of tokens at most, as {@code capsfusion_inference.py} does: white space
 * at the ends of the captions goes, then as many tokens from the end of the raw caption as the
 * prompt is too long.
 *
 * <p>The original has two defects. A prompt of exactly the limit loses its whole raw caption; and
 * where the raw caption is shorter than what is too much, it goes completely, and the end of the
 * prompt too, with the words that ask for a new sentence. Here, the first is left as it is, and in
 * the second case the captions share the room: each may have half of it, and what the other leaves.
 * Thread-safe if the tokenizer is.
 */
final class PromptTruncation {

  private final FusionPrompt prompt;
  private final PromptTokenizer tokenizer;
  private final int limit;
  private final boolean strict;

  /**
   * Prepares a limit.
   *
   * @param limit tokens of a prompt at most, the mark of the beginning counted
   * @param strict whether to cut exactly as the original, with its defects
   * @throws CapbenchException if the prompt without captions is longer already
   */
  PromptTruncation(FusionPrompt prompt, PromptTokenizer tokenizer, int limit, boolean strict) {
    this.prompt = prompt;
    this.tokenizer = tokenizer;
    this.limit = limit;
    this.strict = strict;
    int bare = tokenizer.encode(prompt.of("", ""), true).size();
    if (bare > limit && !strict) {
      throw new CapbenchException(
          "The prompt has "
              + bare
              + " tokens without captions; there is room for "
              + limit
              + ". Shorten it, or give it more room with --prompt-tokens.");
    }
  }

  /** The prompt of two captions, cut to the limit. */
  FittedPrompt fit(CaptionPair captions) {
    CaptionPair stripped = captions.stripped();
    String raw = stripped.raw();
    String synthetic = stripped.synthetic();
    FittedPrompt whole = encoded(raw, synthetic);
    int total = whole.tokens().size();
    if (strict) {
      return total < limit ? whole : asTheOriginal(raw, synthetic, total - limit);
    }
    if (total <= limit) {
      return whole;
    }
    List<Integer> rawTokens = tokenizer.encode(raw, false);
    for (int kept = rawTokens.size() - (total - limit); kept > 0; ) {
      FittedPrompt cut = encoded(text(rawTokens, kept), synthetic);
      if (cut.tokens().size() <= limit) {
        return cut;
      }
      kept -= cut.tokens().size() - limit;
    }
    return shared(rawTokens, tokenizer.encode(synthetic, false));
  }

  private FittedPrompt asTheOriginal(String raw, String synthetic, int excess) {
    List<Integer> tokens = tokenizer.encode(raw, false);
    // In Python, [:-0] is nothing.
    int kept = excess == 0 ? 0 : Math.max(0, tokens.size() - excess);
    FittedPrompt cut = encoded(text(tokens, kept), synthetic);
    int most = Math.min(limit, cut.tokens().size());
    return new FittedPrompt(cut.text(), cut.tokens().subList(0, most));
  }

  /** Cuts the synthetic caption too. */
  private FittedPrompt shared(List<Integer> raw, List<Integer> synthetic) {
    int room = Math.max(0, limit - encoded("", "").tokens().size());
    int rawKept = Math.min(raw.size(), Math.max(room / 2, room - synthetic.size()));
    int syntheticKept = Math.min(synthetic.size(), room - rawKept);
    while (true) {
      FittedPrompt cut = encoded(text(raw, rawKept), text(synthetic, syntheticKept));
      int excess = cut.tokens().size() - limit;
      if (excess <= 0) {
        return cut;
      }
      if (syntheticKept > 0) {
        syntheticKept = Math.max(0, syntheticKept - excess);
      } else {
        rawKept = Math.max(0, rawKept - excess);
      }
    }
  }

  private FittedPrompt encoded(String raw, String synthetic) {
    String text = prompt.of(raw, synthetic);
    return new FittedPrompt(text, tokenizer.encode(text, true));
  }

  private String text(List<Integer> tokens, int kept) {
    return kept == 0 ? "" : tokenizer.decode(tokens.subList(0, kept));
  }
}
