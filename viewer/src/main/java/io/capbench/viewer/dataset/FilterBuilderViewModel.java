package io.capbench.viewer.dataset;

import io.capbench.storage.query.RowFilter;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import javafx.beans.property.ReadOnlyStringProperty;
import javafx.beans.property.ReadOnlyStringWrapper;
import javafx.beans.property.SimpleStringProperty;
import javafx.beans.property.StringProperty;
import javafx.collections.FXCollections;
import javafx.collections.ListChangeListener;
import javafx.collections.ObservableList;

/**
 * The conditions of a filter as lines, and the same as SQL: each shows what was changed in the
 * other. FX thread only.
 */
public final class FilterBuilderViewModel {
  private final FilterViewModel filter;
  private final ObservableList<ConditionDraft> lines = FXCollections.observableArrayList();
  private final StringProperty where = new SimpleStringProperty(this, "where", "");
  private final StringProperty orderBy = new SimpleStringProperty(this, "orderBy", "");
  private final ReadOnlyStringWrapper problem = new ReadOnlyStringWrapper(this, "problem", "");
  private boolean writing;

  /** Lines for that filter. */
  public FilterBuilderViewModel(FilterViewModel filter) {
    this.filter = filter;
    filter.conditions().addListener((ListChangeListener<RowFilter>) change -> conditionsChanged());
    filter
        .orderProperty()
        .addListener(o -> orderBy.set(filter.write(filter.orderProperty().get())));
    conditionsChanged();
    orderBy.set(filter.write(filter.orderProperty().get()));
  }

  /** The lines, finished or not. Changed by {@link #set} and its like only. */
  public ObservableList<ConditionDraft> lines() {
    return lines;
  }

  /** The finished lines as SQL; what is written here counts from {@link #applySql} on. */
  public StringProperty whereProperty() {
    return where;
  }

  /** The order as SQL; what is written here counts from {@link #applySql} on. */
  public StringProperty orderByProperty() {
    return orderBy;
  }

  /** What is wrong with the first line that is wrong, or empty. */
  public ReadOnlyStringProperty problemProperty() {
    return problem.getReadOnlyProperty();
  }

  /** Adds a line with nothing written. */
  public void add(ConditionDraft line) {
    lines.add(line);
    linesChanged();
  }

  /** Changes a line. */
  public void set(int index, ConditionDraft line) {
    if (!lines.get(index).equals(line)) {
      lines.set(index, line);
      linesChanged();
    }
  }

  /** Takes a line away. */
  public void remove(int index) {
    lines.remove(index);
    linesChanged();
  }

  /** Takes every line away. */
  public void clear() {
    lines.clear();
    linesChanged();
  }

  /** Makes lines and order of what is written as SQL. */
  public void applySql() {
    List<RowFilter> read = filter.read(where.get());
    if (!read.equals(List.copyOf(filter.conditions()))) {
      filter.conditions().setAll(read);
    }
    filter.orderProperty().set(filter.readOrder(orderBy.get()));
  }

  private void linesChanged() {
    List<RowFilter> finished = finished();
    writing = true;
    try {
      if (!finished.equals(List.copyOf(filter.conditions()))) {
        filter.conditions().setAll(finished);
      }
    } finally {
      writing = false;
    }
    show(finished);
  }

  private void conditionsChanged() {
    if (writing) {
      return;
    }
    List<RowFilter> wanted = List.copyOf(filter.conditions());
    if (!finished().equals(wanted)) {
      lines.setAll(wanted.stream().map(this::line).toList());
    }
    show(wanted);
  }

  // A line has one "not"; what is negated twice is one expression.
  private ConditionDraft line(RowFilter condition) {
    boolean twice = condition instanceof RowFilter.Not not && not.filter() instanceof RowFilter.Not;
    return ConditionDraft.of(
        twice ? new RowFilter.Sql(filter.write(List.of(condition))) : condition);
  }

  private List<RowFilter> finished() {
    return lines.stream().map(line -> line.reading().filter()).filter(Objects::nonNull).toList();
  }

  private void show(List<RowFilter> conditions) {
    where.set(filter.write(conditions));
    List<String> problems = new ArrayList<>();
    lines.forEach(line -> problems.add(line.reading().problem()));
    problem.set(problems.stream().filter(text -> !text.isEmpty()).findFirst().orElse(""));
  }
}
