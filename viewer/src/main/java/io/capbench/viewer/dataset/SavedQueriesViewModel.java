package io.capbench.viewer.dataset;

import io.capbench.storage.model.CapbenchException;
import io.capbench.storage.model.ColumnInfo;
import io.capbench.storage.workspace.Workspace;
import java.util.List;
import java.util.concurrent.Executor;
import javafx.beans.property.ReadOnlyStringProperty;
import javafx.beans.property.ReadOnlyStringWrapper;
import javafx.collections.FXCollections;
import javafx.collections.ObservableList;

/** Named filters and orders: saves, chooses, renames and deletes them. FX thread only. */
public final class SavedQueriesViewModel {
  private final Workspace workspace;
  private final QueryViewModel query;
  private final Executor writer;
  private final Executor fx;
  private final SavedQueries store;
  private final ObservableList<SavedQuery> all = FXCollections.observableArrayList();
  private final ReadOnlyStringWrapper problem = new ReadOnlyStringWrapper(this, "problem", "");

  /**
   * Reads what the workspace has.
   *
   * @param query whose filter gets names
   * @param writer uses the workspace, in order
   * @param fx runs things on the FX thread
   */
  SavedQueriesViewModel(Workspace workspace, QueryViewModel query, Executor writer, Executor fx) {
    this.workspace = workspace;
    this.query = query;
    this.writer = writer;
    this.fx = fx;
    store = new SavedQueries(workspace.settings());
    writer.execute(() -> attempt(() -> {}));
  }

  /** All that have a name. */
  public ObservableList<SavedQuery> all() {
    return all;
  }

  /** Those that a dataset with these columns can answer. */
  public List<SavedQuery> fitting(List<ColumnInfo> columns) {
    return all.stream().filter(saved -> saved.fits(columns)).toList();
  }

  /** Why the last change was not kept, or empty. */
  public ReadOnlyStringProperty problemProperty() {
    return problem.getReadOnlyProperty();
  }

  /** Whether names can be given and taken. */
  public boolean readOnly() {
    return workspace.readOnly();
  }

  /** Why a name cannot be given; empty if it can. */
  public String objection(String name) {
    if (name.isBlank()) {
      return "Give it a name";
    }
    return name.contains("\n") ? "A name is one line" : "";
  }

  /** Gives the present filter and order a name, which another one may lose. */
  public void save(String name, List<ColumnInfo> columns) {
    if (objection(name).isEmpty()) {
      SavedQuery saved = query.filter().named(name.strip(), columns);
      change(() -> store.save(saved));
    }
  }

  /** Wants what has that name, and nothing else. */
  public void choose(SavedQuery saved) {
    query.filter().choose(saved);
    query.apply();
  }

  /** Gives it another name. */
  public void rename(SavedQuery saved, String name) {
    if (objection(name).isEmpty() && !saved.name().equals(name.strip())) {
      SavedQuery renamed = saved.renamed(name.strip());
      change(
          () -> {
            store.save(renamed);
            store.delete(saved.name());
          });
    }
  }

  /** Forgets it. What the list shows stays. */
  public void delete(SavedQuery saved) {
    change(() -> store.delete(saved.name()));
  }

  private void change(Runnable action) {
    if (!readOnly()) {
      writer.execute(() -> attempt(action));
    }
  }

  private void attempt(Runnable action) {
    String reason = "";
    try {
      action.run();
    } catch (CapbenchException e) {
      reason = String.valueOf(e.getMessage());
    }
    show(reason);
  }

  private void show(String reason) {
    List<SavedQuery> now;
    try {
      now = store.all();
    } catch (CapbenchException e) {
      String unread = String.valueOf(e.getMessage());
      fx.execute(() -> problem.set(unread));
      return;
    }
    fx.execute(
        () -> {
          all.setAll(now);
          problem.set(reason);
        });
  }
}
