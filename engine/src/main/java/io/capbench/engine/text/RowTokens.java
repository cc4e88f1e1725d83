package io.capbench.engine.text;

import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.jspecify.annotations.Nullable;

/**
 * The captions of one row, cut into tokens.
 *
 * @param raw the raw alt-text; {@link TokenizedCaption#ABSENT} if the row has none
 * @param synthetic the synthetic caption, likewise
 * @param fused the caption made of both, likewise
 */
record RowTokens(TokenizedCaption raw, TokenizedCaption synthetic, TokenizedCaption fused) {

  /** Cuts rows. Thread-safe. */
  static final class Source {
    private final FunctionWords functionWords = new FunctionWords();

    /** Tokenizers at rest, at most as many as threads were ever here at once. */
    private final Queue<CaptionTokenizer> tokenizers = new ConcurrentLinkedQueue<>();

    RowTokens of(@Nullable String raw, @Nullable String synthetic, @Nullable String fused) {
      CaptionTokenizer idle = tokenizers.poll();
      CaptionTokenizer tokenizer = idle == null ? new CaptionTokenizer(functionWords) : idle;
      RowTokens tokens =
          new RowTokens(
              tokenize(tokenizer, raw), tokenize(tokenizer, synthetic), tokenize(tokenizer, fused));
      // A tokenizer that failed half-way is not used again: an exception passes this line by.
      tokenizers.add(tokenizer);
      return tokens;
    }

    private static TokenizedCaption tokenize(CaptionTokenizer tokenizer, @Nullable String caption) {
      return caption == null ? TokenizedCaption.ABSENT : tokenizer.tokenize(caption);
    }
  }
}
