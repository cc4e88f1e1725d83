package io.capbench.samples.caption;

import java.util.Locale;

/** What is wrong on purpose in a caption. */
public enum Fault {
  NONE,
  OBJECT,
  ATTRIBUTE,
  COUNT,
  ENTITY,
  NUMBER,
  SCENE_TEXT,
  PROMPT_LEAK,
  TRUNCATION,
  CONCATENATION,
  MISMATCHED_PARENTS;

  /** The name that the truth file uses, for example {@code prompt leak}. */
  public String word() {
    return name().toLowerCase(Locale.ROOT).replace('_', ' ');
  }
}
