package io.capbench.engine.fusion;

import java.util.Locale;

/** Why a fused caption ends where it ends. */
public enum Finish {
  /** The model ended it. */
  EOS,

  /** It has as many tokens as were allowed. */
  LENGTH;

  /** Its name in JSON and in workspaces. */
  public String id() {
    return name().toLowerCase(Locale.ROOT);
  }
}
