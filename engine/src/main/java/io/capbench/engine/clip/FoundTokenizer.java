package io.capbench.engine.clip;

import io.capbench.engine.tokenizer.ClipTokenizer;
import io.capbench.engine.tokenizer.ClipTokenizers;
import io.capbench.engine.tokenizer.TokenLayout;
import io.capbench.storage.model.CapbenchException;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A model's tokenizer, or why there is none: a model without one still computes on given ids. */
final class FoundTokenizer implements AutoCloseable {
  private final @Nullable ClipTokenizer tokenizer;
  private final @Nullable CapbenchException missing;

  private FoundTokenizer(@Nullable ClipTokenizer tokenizer, @Nullable CapbenchException missing) {
    this.tokenizer = tokenizer;
    this.missing = missing;
  }

  /** Looks beside the weights. */
  static FoundTokenizer find(Path folder, TextConfig text) {
    TokenLayout layout =
        text.pool() == TextPool.LAST && !text.causal() ? TokenLayout.CLIPS : TokenLayout.CLIP;
    try {
      return new FoundTokenizer(
          new ClipTokenizers().open(folder, text.contextLength(), text.vocabSize(), layout), null);
    } catch (CapbenchException e) {
      return new FoundTokenizer(null, e);
    }
  }

  /**
   * The tokenizer.
   *
   * @throws CapbenchException if there is none, naming the file to add
   */
  ClipTokenizer get() {
    ClipTokenizer found = tokenizer;
    if (found == null) {
      CapbenchException reason = missing;
      throw new CapbenchException(
          reason == null ? "" : String.valueOf(reason.getMessage()), reason);
    }
    return found;
  }

  /** What it is, or "none". */
  String name() {
    return tokenizer == null ? "none" : tokenizer.name();
  }

  /** Why there is none. */
  Optional<String> problem() {
    return Optional.ofNullable(missing).map(CapbenchException::getMessage);
  }

  @Override
  public void close() {
    if (tokenizer != null) {
      tokenizer.close();
    }
  }
}
