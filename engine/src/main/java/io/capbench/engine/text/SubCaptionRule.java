package io.capbench.engine.text;

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
}
