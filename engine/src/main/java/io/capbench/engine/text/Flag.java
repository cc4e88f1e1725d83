package io.capbench.engine.text;

import java.util.Locale;

/** What may be wrong with a fused caption, as far as its text and its parents' show. */
public enum Flag {
  PROMPT_LEAK("The caption speaks of the fuser's instructions instead of the image."),
  INVENTED_NUMBER("The caption holds a number that neither parent has."),
  EMPTY("There is no fused caption, or no word in it."),
  TRUNCATED("The caption breaks off before its sentence ends."),
  CONCATENATION("The caption is its two parents one behind the other, not merged."),
  MISMATCHED_PARENTS("The two parents have no word in common and may be about different things.");

  private final String sentence;

  Flag(String sentence) {
    this.sentence = sentence;
  }

  /** Its name in filters, JSON and exports. */
  public String id() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** What it says, for people. */
  public String sentence() {
    return sentence;
  }
}
