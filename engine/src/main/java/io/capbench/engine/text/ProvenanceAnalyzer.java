package io.capbench.engine.text;

import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.jspecify.annotations.Nullable;

/**
 * Says of every token of a fused caption which of its parents has it. Words match on their stems,
 * numbers and codes on their spelling; see {@code docs/provenance.md}. Thread-safe.
 */
public final class ProvenanceAnalyzer {
  private final FunctionWords functionWords = new FunctionWords();

  /** Tokenizers at rest, at most as many as threads were ever here at once. */
  private final Queue<CaptionTokenizer> tokenizers = new ConcurrentLinkedQueue<>();

  /** Reads the word list; keep one analyzer for many captions. */
  public ProvenanceAnalyzer() {}

  /**
   * Analyzes one row, in time in proportion to the captions' length.
   *
   * @param raw the raw alt-text, or null if the row has none
   * @param synthetic the synthetic caption, or null if the row has none
   * @param fused the caption made of both
   */
  public Provenance analyze(@Nullable String raw, @Nullable String synthetic, String fused) {
    CaptionTokenizer idle = tokenizers.poll();
    CaptionTokenizer tokenizer = idle == null ? new CaptionTokenizer(functionWords) : idle;
    TokenizedCaption rawTokens = tokenize(tokenizer, raw);
    TokenizedCaption syntheticTokens = tokenize(tokenizer, synthetic);
    TokenizedCaption fusedTokens = tokenizer.tokenize(fused);
    // A tokenizer that failed half-way is not used again: an exception passes this line by.
    tokenizers.add(tokenizer);
    return compare(rawTokens, syntheticTokens, fusedTokens);
  }

  private static TokenizedCaption tokenize(CaptionTokenizer tokenizer, @Nullable String caption) {
    return caption == null ? TokenizedCaption.ABSENT : tokenizer.tokenize(caption);
  }

  private static Provenance compare(
      TokenizedCaption raw, TokenizedCaption synthetic, TokenizedCaption fused) {
    boolean[] inRaw = fused.sharedWith(raw);
    boolean[] inSynthetic = fused.sharedWith(synthetic);
    ShareCounter counter = new ShareCounter();
    List<OriginToken> tokens = new ArrayList<>(inRaw.length);
    for (int i = 0; i < inRaw.length; i++) {
      CaptionToken token = fused.tokens().get(i);
      Origin origin = token.isContent() ? Origin.of(inRaw[i], inSynthetic[i]) : Origin.GLUE;
      counter.count(origin);
      tokens.add(new OriginToken(fused.textOf(token), token.start(), token.end(), origin));
    }
    return new Provenance(tokens, counter.shares(), dropped(raw, fused), dropped(synthetic, fused));
  }

  private static List<DroppedToken> dropped(TokenizedCaption parent, TokenizedCaption fused) {
    boolean[] kept = parent.sharedWith(fused);
    List<DroppedToken> dropped = new ArrayList<>();
    for (int i = 0; i < kept.length; i++) {
      CaptionToken token = parent.tokens().get(i);
      if (!kept[i] && token.isContent()) {
        dropped.add(new DroppedToken(parent.textOf(token), token.start(), token.end()));
      }
    }
    return dropped;
  }
}
