package io.capbench.engine.text;

import io.capbench.storage.model.CapbenchException;
import java.util.Arrays;
import java.util.Locale;

/** How a caption is cut into sub-captions. */
public enum SubCaptionRule {
  /**
   * At line breaks, {@code </s>} and the ends of sentences; decimals, initials and abbreviations
   * stay whole.
   */
  SENTENCES("sentences"),

  /** As DreamLIP's data loader cuts: at every line break, {@code </s>} and full stop. */
  DREAMLIP("dreamlip");

  private final String id;

  SubCaptionRule(String id) {
    this.id = id;
  }

  /** The name on the command line and in settings. */
  public String id() {
    return id;
  }

  /**
   * The rule of a name.
   *
   * @throws CapbenchException if there is none of that name
   */
  public static SubCaptionRule of(String id) {
    return Arrays.stream(values())
        .filter(rule -> rule.id.equals(id.strip().toLowerCase(Locale.ROOT)))
        .findFirst()
        .orElseThrow(
            () ->
                new CapbenchException(
                    "There is no rule for sub-captions \""
                        + id
                        + "\". Choose sentences or dreamlip."));
  }
}
