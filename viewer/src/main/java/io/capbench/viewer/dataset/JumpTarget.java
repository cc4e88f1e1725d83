package io.capbench.viewer.dataset;

import io.capbench.storage.model.CapbenchException;
import io.capbench.storage.model.RowKey;
import io.capbench.storage.model.ShardInfo;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Where a person wants to go in the list. */
public sealed interface JumpTarget {

  /** To a place in the list, counted from 0. */
  record Position(long position) implements JumpTarget {}

  /** To a row wherever the list has it. */
  record Row(RowKey key) implements JumpTarget {}

  /** What separates thousands, here or elsewhere. */
  Pattern SEPARATORS = Pattern.compile("[,._'’\\s\\u00a0\\u202f]");

  /**
   * Reads a position counted from 1 ({@code 1,234}), a shard and a row number in it counted from 0
   * ({@code part-00012.parquet:5}; the shard's number from 1, its name or the beginning of its name
   * or fingerprint), or a row key.
   *
   * @param rows how many rows the list has
   * @param shards of the dataset
   * @throws CapbenchException if it is none of them or leads nowhere, saying why
   */
  static JumpTarget parse(String text, long rows, List<ShardInfo> shards) {
    String typed = text.strip();
    int colon = typed.lastIndexOf(':');
    if (colon < 0) {
      long position = number(typed).orElseThrow(() -> unreadable(typed));
      if (position < 1 || position > rows) {
        throw new CapbenchException(
            rows == 0
                ? "The list is empty"
                : String.format("The list has the positions 1 to %,d", rows));
      }
      return new Position(position - 1);
    }
    long row = number(typed.substring(colon + 1)).orElseThrow(() -> unreadable(typed));
    ShardInfo shard = shard(typed.substring(0, colon).strip(), shards);
    String fingerprint = shard.fingerprint();
    if (!shard.readable() || fingerprint == null) {
      throw new CapbenchException(name(shard) + " could not be read");
    }
    if (row >= shard.rows()) {
      throw new CapbenchException(
          String.format("%s has the rows 0 to %,d", name(shard), shard.rows() - 1));
    }
    return new Row(new RowKey(fingerprint, row));
  }

  private static Optional<Long> number(String text) {
    String digits = SEPARATORS.matcher(text).replaceAll("");
    Matcher number = Pattern.compile("[0-9]{1,18}").matcher(digits);
    return number.matches() ? Optional.of(Long.parseLong(digits)) : Optional.empty();
  }

  private static CapbenchException unreadable(String typed) {
    return new CapbenchException(
        typed.isEmpty()
            ? "Write a position such as 1,234, or shard:row"
            : "\"" + typed + "\" is no position such as 1,234, no shard:row and no row key");
  }

  private static ShardInfo shard(String named, List<ShardInfo> shards) {
    Optional<Long> number = number(named);
    if (number.isPresent() && number.get() >= 1 && number.get() <= shards.size()) {
      return shards.get((int) (number.get() - 1));
    }
    String wanted = named.toLowerCase(Locale.ROOT);
    List<ShardInfo> exact =
        shards.stream().filter(one -> name(one).toLowerCase(Locale.ROOT).equals(wanted)).toList();
    List<ShardInfo> found =
        exact.isEmpty() ? shards.stream().filter(one -> begins(one, wanted)).toList() : exact;
    if (wanted.isEmpty() || found.isEmpty()) {
      throw new CapbenchException("No shard is called \"" + named + "\"");
    }
    if (found.size() > 1) {
      throw new CapbenchException(
          found.size() + " shards are called \"" + named + "…\"; write more of the name");
    }
    return found.get(0);
  }

  private static boolean begins(ShardInfo shard, String wanted) {
    String fingerprint = shard.fingerprint();
    return name(shard).toLowerCase(Locale.ROOT).startsWith(wanted)
        || (fingerprint != null && fingerprint.startsWith(wanted));
  }

  private static String name(ShardInfo shard) {
    return String.valueOf(shard.path().getFileName());
  }
}
