package io.capbench.engine.fusion;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** What became of one request. */
sealed interface Outcome {

  /** There is a caption. */
  record Done(FusedCaption caption) implements Outcome {}

  /**
   * It may work another time.
   *
   * @param reason why it did not
   * @param after how long the server wants to be left alone, or null if it does not say
   * @param unreachable whether there was no connection at all
   */
  record Again(String reason, @Nullable Duration after, boolean unreachable) implements Outcome {}

  /** The server does not merge these captions. */
  record Refused(String reason) implements Outcome {}

  /** The server merges no captions at all. */
  record Ended(String reason) implements Outcome {}

  /** The server does not know this way of asking. */
  record UnknownWay(String reason) implements Outcome {}
}
