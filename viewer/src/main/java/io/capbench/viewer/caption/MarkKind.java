package io.capbench.viewer.caption;

import io.capbench.engine.text.Origin;
import java.util.Locale;
import java.util.Optional;

/** What a mark under a word of a caption says. Each has a tint, an underline, or both. */
public enum MarkKind {
  RAW("from the alt-text only"),
  SYNTHETIC("from the synthetic caption only"),
  BOTH("in both parents"),
  NEITHER("in neither parent: a suspect"),
  DROPPED("the fused caption left it out"),
  HIT("what was searched for"),
  SPAN("what a person marked as wrong"),
  SELECTED("what is selected");

  private final String meaning;

  MarkKind(String meaning) {
    this.meaning = meaning;
  }

  /** The mark for a token of that origin; glue has none. */
  public static Optional<MarkKind> of(Origin origin) {
    return switch (origin) {
      case RAW -> Optional.of(RAW);
      case SYNTHETIC -> Optional.of(SYNTHETIC);
      case BOTH -> Optional.of(BOTH);
      case NEITHER -> Optional.of(NEITHER);
      case GLUE -> Optional.empty();
    };
  }

  /** The word for this kind in style classes and settings. */
  public String id() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** What it means, for the legend. */
  public String meaning() {
    return meaning;
  }
}
