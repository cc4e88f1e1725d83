package io.capbench.viewer.dataset;

import io.capbench.storage.model.ColumnInfo;
import io.capbench.storage.query.RowFilter;
import io.capbench.storage.query.RowQuery;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import javafx.beans.property.BooleanProperty;
import javafx.beans.property.ObjectProperty;
import javafx.beans.property.SimpleBooleanProperty;
import javafx.beans.property.SimpleObjectProperty;
import javafx.beans.property.SimpleStringProperty;
import javafx.beans.property.StringProperty;

/** Which rows a person wants to see. FX thread only. */
public final class FilterViewModel {
  private final StringProperty text = new SimpleStringProperty(this, "text", "");
  private final BooleanProperty sql = new SimpleBooleanProperty(this, "sql", false);
  private final ObjectProperty<DecisionFilter> decided =
      new SimpleObjectProperty<>(this, "decided", DecisionFilter.ALL);
  private final StringProperty error = new SimpleStringProperty(this, "error", "");

  /** Words that some caption contains, or an SQL expression. */
  public StringProperty textProperty() {
    return text;
  }

  /** Whether {@link #textProperty} is SQL. */
  public BooleanProperty sqlProperty() {
    return sql;
  }

  /** Rows by decision. */
  public ObjectProperty<DecisionFilter> decidedProperty() {
    return decided;
  }

  /** Why the filter does not work, or empty. */
  public StringProperty errorProperty() {
    return error;
  }

  /**
   * Expressions that the text may become, if it is SQL.
   *
   * @param columns the dataset's columns
   */
  public List<String> completions(String begun, List<ColumnInfo> columns) {
    return sql.get() ? new SqlCompletion(columns).complete(begun) : List.of();
  }

  /** The words that some caption shall contain; empty if that is not asked. */
  public String words() {
    return sql.get() ? "" : text.get().strip();
  }

  /** Whether every row is wanted. */
  public boolean isOpen() {
    return text.get().isBlank() && decided.get() == DecisionFilter.ALL;
  }

  /** Wants every row. */
  public void clear() {
    text.set("");
    decided.set(DecisionFilter.ALL);
    error.set("");
  }

  /** The wish as a query. */
  public RowQuery query() {
    return query(state("", Set.of()));
  }

  static RowQuery query(ViewState state) {
    List<RowFilter> filters = new ArrayList<>();
    state.decided().condition().ifPresent(filters::add);
    if (!state.text().isBlank()) {
      String words = state.text().strip();
      filters.add(state.sql() ? new RowFilter.Sql(words) : new RowFilter.Contains(null, words));
    }
    return filters.isEmpty() ? RowQuery.ALL : new RowQuery(filters, null);
  }

  /** Wants what was wanted then. */
  void show(ViewState state) {
    sql.set(state.sql());
    text.set(state.text());
    decided.set(state.decided());
    error.set("");
  }

  /** The wish together with the rest of what is to be kept. */
  ViewState state(String row, Set<String> hidden) {
    return new ViewState(row, text.get(), sql.get(), decided.get(), hidden);
  }
}
