package io.capbench.engine.text;

/** Where a token of a fused caption comes from. */
public enum Origin {
  /** Only the raw alt-text has it. */
  RAW("raw"),
  /** Only the synthetic caption has it. */
  SYNTHETIC("synthetic"),
  /** Both parents have it. */
  BOTH("both"),
  /** A function word: it carries no content, so its origin is not asked. */
  GLUE("glue"),
  /** Neither parent has it. */
  NEITHER("neither");

  private final String id;

  Origin(String id) {
    this.id = id;
  }

  /** The name that scripts read. */
  public String id() {
    return id;
  }

  static Origin of(boolean inRaw, boolean inSynthetic) {
    if (inRaw) {
      return inSynthetic ? BOTH : RAW;
    }
    return inSynthetic ? SYNTHETIC : NEITHER;
  }
}
