package io.capbench.engine.fusion;

import io.capbench.storage.model.CapbenchException;
import java.time.Duration;

/**
 * How a server is asked.
 *
 * @param maxNewTokens tokens of a caption at most
 * @param concurrency requests on their way at the same time, 1 to 256
 * @param timeout of one request, from its start to the end of the answer
 * @param retries how often a request is sent again
 * @param firstDelay before the first retry where the server names no time; doubled each time
 */
public record EndpointOptions(
    int maxNewTokens, int concurrency, Duration timeout, int retries, Duration firstDelay) {
  private static final int MOST_CONCURRENT = 256;

  /**
   * Checks the numbers.
   *
   * @throws CapbenchException if one is out of its range
   */
  public EndpointOptions {
    if (maxNewTokens < 1) {
      throw new CapbenchException(
          maxNewTokens + " new tokens are not possible. Choose 1 or more, for example 80.");
    }
    if (concurrency < 1 || concurrency > MOST_CONCURRENT) {
      throw new CapbenchException(
          concurrency + " requests at the same time are not possible. Choose 1 to 256.");
    }
    if (timeout.isNegative() || timeout.isZero() || retries < 0) {
      throw new CapbenchException("A request needs time. Choose a second or more.");
    }
  }

  /** Eight requests at a time of two minutes at most, sent again five times in a quarter minute. */
  public static EndpointOptions usual() {
    return new EndpointOptions(80, 8, Duration.ofMinutes(2), 5, Duration.ofMillis(500));
  }
}
