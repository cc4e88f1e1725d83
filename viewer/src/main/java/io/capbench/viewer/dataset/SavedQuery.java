package io.capbench.viewer.dataset;

import io.capbench.storage.model.ColumnInfo;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * A filter and an order that have a name.
 *
 * @param name how a person calls it; one line
 * @param text of the search field
 * @param sql whether that text is SQL
 * @param decided rows by decision
 * @param conditions what else must hold, as SQL
 * @param order as SQL; empty for the order of the shards
 * @param columns the columns that it mentions
 */
public record SavedQuery(
    String name,
    String text,
    boolean sql,
    DecisionFilter decided,
    String conditions,
    String order,
    Set<String> columns) {
  private static final Pattern STRING = Pattern.compile("'([^']|'')*'");

  public SavedQuery {
    columns = Set.copyOf(columns);
  }

  /** Whether a dataset with these columns has all that it mentions. */
  public boolean fits(List<ColumnInfo> there) {
    return columns.stream()
        .allMatch(name -> there.stream().anyMatch(one -> one.name().equalsIgnoreCase(name)));
  }

  SavedQuery renamed(String other) {
    return new SavedQuery(other, text, sql, decided, conditions, order, columns);
  }

  /** The columns whose names stand in an expression, outside of strings. */
  static Set<String> mentioned(String expression, List<ColumnInfo> columns) {
    String names = STRING.matcher(expression).replaceAll("''");
    Set<String> found = new LinkedHashSet<>();
    for (ColumnInfo column : columns) {
      String word = "(?i)(?<![\\w.])" + Pattern.quote(column.name()) + "(?!\\w)";
      if (Pattern.compile(word).matcher(names).find()) {
        found.add(column.name());
      }
    }
    return found;
  }
}
