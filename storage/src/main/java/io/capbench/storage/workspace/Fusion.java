package io.capbench.storage.workspace;

import io.capbench.storage.model.ContentDigest;
import io.capbench.storage.model.RowKey;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The caption that a model made of a row's raw and synthetic caption, or why there is none.
 *
 * @param key the row
 * @param parentsHash {@link #parentsHash} of both captions
 * @param text the fused caption, or null where there is a reason
 * @param score of the sequence, a log-probability by length; null where nobody tells
 * @param finish how it ended, such as {@code eos} or {@code length}; null where there is a reason
 * @param flags ids of the detectors that found something
 * @param reason why there is no caption, for people; null where there is one
 */
public record Fusion(
    RowKey key,
    String parentsHash,
    @Nullable String text,
    @Nullable Double score,
    @Nullable String finish,
    List<String> flags,
    @Nullable String reason) {
  public Fusion {
    flags = List.copyOf(flags);
    if ((text == null) == (reason == null)) {
      throw new IllegalArgumentException("A fusion has a text or a reason for having none");
    }
    if (score != null && !Double.isFinite(score)) {
      throw new IllegalArgumentException("A score is a finite number");
    }
    if (flags.stream().anyMatch(flag -> flag.isEmpty() || flag.contains(" "))) {
      throw new IllegalArgumentException("A flag is one word");
    }
  }

  /** A row that could not be fused. */
  public static Fusion failed(RowKey key, String parentsHash, String reason) {
    return new Fusion(key, parentsHash, null, null, null, List.of(), reason);
  }

  /**
   * The same for the same two captions and for no other two: 32 hex digits.
   *
   * @param raw the raw caption, null if the row has none
   * @param synthetic the synthetic caption, null if the row has none
   */
  public static String parentsHash(@Nullable String raw, @Nullable String synthetic) {
    return ContentDigest.of(part(raw) + part(synthetic));
  }

  private static String part(@Nullable String text) {
    return text == null ? "-" : text.length() + ":" + text;
  }
}
