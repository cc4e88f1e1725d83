package io.capbench.viewer.dataset;

import io.capbench.storage.model.ColumnInfo;
import io.capbench.storage.model.ColumnMapping;
import io.capbench.storage.query.QueryText;
import io.capbench.storage.query.RowFilter;
import io.capbench.storage.query.RowOrder;
import io.capbench.storage.query.RowQuery;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import javafx.beans.property.BooleanProperty;
import javafx.beans.property.ObjectProperty;
import javafx.beans.property.ReadOnlyBooleanProperty;
import javafx.beans.property.ReadOnlyBooleanWrapper;
import javafx.beans.property.SimpleBooleanProperty;
import javafx.beans.property.SimpleObjectProperty;
import javafx.beans.property.SimpleStringProperty;
import javafx.beans.property.StringProperty;
import javafx.collections.FXCollections;
import javafx.collections.ListChangeListener;
import javafx.collections.ObservableList;
import org.jspecify.annotations.Nullable;

/**
 * Which rows a person wants to see, and in which order: the words of the search field, the decision
 * of the side bar and the conditions of the builder must all hold. FX thread only.
 */
public final class FilterViewModel {
  private final StringProperty text = new SimpleStringProperty(this, "text", "");
  private final BooleanProperty sql = new SimpleBooleanProperty(this, "sql", false);
  private final ObjectProperty<DecisionFilter> decided =
      new SimpleObjectProperty<>(this, "decided", DecisionFilter.ALL);
  private final ObservableList<RowFilter> conditions = FXCollections.observableArrayList();
  private final ObjectProperty<@Nullable RowOrder> order =
      new SimpleObjectProperty<>(this, "order", null);
  private final StringProperty error = new SimpleStringProperty(this, "error", "");
  private final ReadOnlyBooleanWrapper canBringBack =
      new ReadOnlyBooleanWrapper(this, "canBringBack", false);
  private ColumnMapping mapping = ColumnMapping.NONE;
  private @Nullable ViewState cleared;

  /** Wants every row in the order of the shards. */
  public FilterViewModel() {
    text.addListener(o -> forgetCleared());
    decided.addListener(o -> forgetCleared());
    conditions.addListener((ListChangeListener<RowFilter>) change -> forgetCleared());
  }

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

  /** What else must hold. */
  public ObservableList<RowFilter> conditions() {
    return conditions;
  }

  /** What the rows are ordered by; null for the order of the shards. */
  public ObjectProperty<@Nullable RowOrder> orderProperty() {
    return order;
  }

  /** Why the filter does not work, or empty. */
  public StringProperty errorProperty() {
    return error;
  }

  /** Whether a filter was cleared and nothing else was wanted since. */
  public ReadOnlyBooleanProperty canBringBackProperty() {
    return canBringBack.getReadOnlyProperty();
  }

  /**
   * Expressions that a text of SQL may become.
   *
   * @param columns the dataset's columns
   */
  public List<String> completions(String begun, List<ColumnInfo> columns) {
    return new SqlCompletion(columns).complete(begun);
  }

  /** The texts that captions shall contain, for marking them. */
  public List<String> words() {
    return query().filters().stream()
        .filter(RowFilter.Contains.class::isInstance)
        .map(filter -> ((RowFilter.Contains) filter).text())
        .filter(words -> !words.isBlank())
        .toList();
  }

  /** Whether every row is wanted. */
  public boolean isOpen() {
    return text.get().isBlank() && decided.get() == DecisionFilter.ALL && conditions.isEmpty();
  }

  /** Wants every row, in the order that there is. */
  public void clear() {
    ViewState before = isOpen() ? cleared : state("", Set.of());
    text.set("");
    decided.set(DecisionFilter.ALL);
    conditions.clear();
    error.set("");
    cleared = before;
    canBringBack.set(before != null);
  }

  /** Wants what was wanted before {@link #clear}. */
  public void bringBack() {
    ViewState before = cleared;
    if (before != null) {
      sql.set(before.sql());
      text.set(before.text());
      decided.set(before.decided());
      conditions.setAll(new QueryText(mapping).read(before.conditions()));
    }
  }

  private void forgetCleared() {
    cleared = null;
    canBringBack.set(false);
  }

  /** Wants one condition more, unless it is wanted already. */
  public void add(RowFilter condition) {
    if (!conditions.contains(condition)) {
      conditions.add(condition);
    }
  }

  /** Wants what has that name. */
  void choose(SavedQuery saved) {
    sql.set(saved.sql());
    text.set(saved.text());
    decided.set(saved.decided());
    conditions.setAll(read(saved.conditions()));
    order.set(readOrder(saved.order()));
  }

  /**
   * The wish under a name.
   *
   * @param columns of the dataset; the wish is for datasets that have those that it mentions
   */
  SavedQuery named(String name, List<ColumnInfo> columns) {
    List<RowFilter> others = new ArrayList<>(conditions);
    String words = text.get().strip();
    boolean expression = sql.get() && !words.isEmpty();
    if (words.isEmpty()) {
      // Words in any caption stay that, also where there are other captions.
      for (RowFilter condition : conditions) {
        if (condition instanceof RowFilter.Contains contains && contains.track() == null) {
          words = contains.text();
          others.remove(condition);
          break;
        }
      }
    }
    String where = write(others);
    String by = write(order.get());
    String all = where + "\n" + by + "\n" + (expression ? words : "");
    return new SavedQuery(
        name, words, expression, decided.get(), where, by, SavedQuery.mentioned(all, columns));
  }

  /** These conditions as SQL. */
  public String write(List<RowFilter> filters) {
    return filters.isEmpty() ? "" : new QueryText(mapping).write(filters);
  }

  /** An order as SQL; empty for none. */
  public String write(@Nullable RowOrder by) {
    return by == null ? "" : new QueryText(mapping).write(by);
  }

  /** The conditions that SQL joins by AND. */
  public List<RowFilter> read(String expression) {
    return expression.isBlank() ? List.of() : new QueryText(mapping).read(expression);
  }

  /** What stands behind ORDER BY as an order; null if nothing does. */
  public @Nullable RowOrder readOrder(String expressions) {
    return expressions.isBlank() ? null : new QueryText(mapping).readOrder(expressions);
  }

  /** The wish as a query. */
  public RowQuery query() {
    return query(text.get(), sql.get(), decided.get(), conditions, order.get());
  }

  /** The wish that was kept, as a query on a dataset with these columns. */
  static RowQuery query(ViewState state, ColumnMapping mapping) {
    FilterViewModel filter = new FilterViewModel();
    filter.show(state, mapping);
    return filter.query();
  }

  private static RowQuery query(
      String text,
      boolean sql,
      DecisionFilter decided,
      List<RowFilter> conditions,
      @Nullable RowOrder order) {
    List<RowFilter> filters = new ArrayList<>();
    decided.condition().ifPresent(filters::add);
    if (!text.isBlank()) {
      String words = text.strip();
      filters.add(sql ? new RowFilter.Sql(words) : new RowFilter.Contains(null, words));
    }
    filters.addAll(conditions);
    return filters.isEmpty() && order == null ? RowQuery.ALL : new RowQuery(filters, order);
  }

  /** Wants what was wanted then, of a dataset with these columns. */
  void show(ViewState state, ColumnMapping columns) {
    mapping = columns;
    sql.set(state.sql());
    text.set(state.text());
    decided.set(state.decided());
    conditions.setAll(read(state.conditions()));
    order.set(readOrder(state.order()));
    error.set("");
    forgetCleared();
  }

  /** Reads and writes SQL for other columns from now on. */
  void remap(ColumnMapping columns) {
    mapping = columns;
  }

  /** The wish together with the rest of what is to be kept. */
  ViewState state(String row, Set<String> hidden) {
    return new ViewState(
        row, text.get(), sql.get(), decided.get(), write(conditions), write(order.get()), hidden);
  }
}
