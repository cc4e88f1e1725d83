package io.capbench.storage.model;

/**
 * Names one row of one shard for good: renaming or moving the shard does not change it.
 *
 * @param fingerprint lower-case hex SHA-256 over the shard's footer and length, 64 digits
 * @param row row number inside the shard, from 0
 */
public record RowKey(String fingerprint, long row) {
  private static final int DIGITS = 64;

  public RowKey {
    if (fingerprint.length() != DIGITS || !fingerprint.chars().allMatch(RowKey::isHexDigit)) {
      throw new IllegalArgumentException(
          "A fingerprint has 64 lower-case hex digits, this one reads: " + fingerprint);
    }
    if (row < 0) {
      throw new IllegalArgumentException("Row numbers start at 0, this one is " + row);
    }
  }

  /**
   * Reads what {@link #toString} wrote.
   *
   * @throws IllegalArgumentException if the text is not {@code fingerprint:row}
   */
  public static RowKey parse(String text) {
    int colon = text.indexOf(':');
    if (colon < 0) {
      throw new IllegalArgumentException(
          "A row key reads fingerprint:row, this one reads: " + text);
    }
    try {
      return new RowKey(text.substring(0, colon), Long.parseLong(text.substring(colon + 1)));
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException(
          "A row key ends with a row number, this one reads: " + text, e);
    }
  }

  private static boolean isHexDigit(int c) {
    return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f');
  }

  @Override
  public String toString() {
    return fingerprint + ":" + row;
  }
}
