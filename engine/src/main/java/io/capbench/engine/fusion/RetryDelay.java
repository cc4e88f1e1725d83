package io.capbench.engine.fusion;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import org.jspecify.annotations.Nullable;

/**
 * How long to wait before a request is sent again.
 *
 * @param first before the first retry
 */
record RetryDelay(Duration first) {
  private static final Duration LONGEST = Duration.ofSeconds(30);
  private static final int DIGITS = 9;

  /** Twice as long each time, half a minute at most. */
  Duration before(int retry) {
    Duration delay = first;
    for (int i = 0; i < retry && delay.compareTo(LONGEST) < 0; i++) {
      delay = delay.multipliedBy(2);
    }
    return delay.compareTo(LONGEST) < 0 ? delay : LONGEST;
  }

  /**
   * Reads the header Retry-After: seconds or a date.
   *
   * @return null if it is neither
   */
  static @Nullable Duration retryAfter(String header, Instant now) {
    String value = header.strip();
    if (!value.isEmpty()
        && value.length() <= DIGITS
        && value.chars().allMatch(c -> c >= '0' && c <= '9')) {
      return Duration.ofSeconds(Long.parseLong(value));
    }
    try {
      Instant date = ZonedDateTime.parse(value, DateTimeFormatter.RFC_1123_DATE_TIME).toInstant();
      return date.isBefore(now) ? Duration.ZERO : Duration.between(now, date);
    } catch (DateTimeException e) {
      return null;
    }
  }
}
