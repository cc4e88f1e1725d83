package io.capbench.viewer.dataset;

import io.capbench.storage.model.CaptionTrack;
import io.capbench.storage.model.ColumnMapping;
import io.capbench.storage.model.TrackRole;
import io.capbench.storage.workspace.WorkspaceSettings;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Where a person was in a dataset and how it was shown; kept in the workspace.
 *
 * @param row key of the selected row, or empty
 * @param text of the filter
 * @param sql whether that text is SQL
 * @param decided rows by decision
 * @param conditions what else must hold, as SQL
 * @param order what rows are ordered by, as SQL; empty for the order of the shards
 * @param hidden names of the tracks that the list does not show
 */
record ViewState(
    String row,
    String text,
    boolean sql,
    DecisionFilter decided,
    String conditions,
    String order,
    Set<String> hidden) {
  private static final String SEPARATOR = "\n";

  ViewState {
    hidden = Set.copyOf(hidden);
  }

  /** What a dataset looks like at first: every row; long captions are for the cards. */
  static ViewState first(ColumnMapping mapping) {
    Set<String> hidden =
        mapping.tracks().stream()
            .filter(track -> track.role() == TrackRole.LONG)
            .map(CaptionTrack::name)
            .collect(Collectors.toCollection(LinkedHashSet::new));
    return new ViewState(
        "",
        "",
        false,
        DecisionFilter.ALL,
        "",
        "",
        hidden.size() == mapping.tracks().size() ? Set.of() : hidden);
  }

  /** Reads what was kept of a dataset; what is missing or damaged is as in {@code first}. */
  static ViewState load(WorkspaceSettings settings, String dataset, ViewState first) {
    return new ViewState(
        settings.get(key("row", dataset)).orElse(first.row()),
        settings.get(key("filter", dataset)).orElse(first.text()),
        settings.get(key("sql", dataset)).map(Boolean::parseBoolean).orElse(first.sql()),
        settings
            .get(key("decided", dataset))
            .flatMap(DecisionFilter::named)
            .orElse(first.decided()),
        settings.get(key("conditions", dataset)).orElse(first.conditions()),
        settings.get(key("order", dataset)).orElse(first.order()),
        settings.get(key("hidden", dataset)).map(ViewState::names).orElse(first.hidden()));
  }

  /** Keeps it. */
  void save(WorkspaceSettings settings, String dataset) {
    settings.put(key("row", dataset), row);
    settings.put(key("filter", dataset), text);
    settings.put(key("sql", dataset), String.valueOf(sql));
    settings.put(key("decided", dataset), decided.name());
    settings.put(key("conditions", dataset), conditions);
    settings.put(key("order", dataset), order);
    settings.put(key("hidden", dataset), String.join(SEPARATOR, hidden));
  }

  private static String key(String part, String dataset) {
    return "view." + part + ":" + dataset;
  }

  private static Set<String> names(String lines) {
    return lines.isEmpty() ? Set.of() : Set.of(lines.split(SEPARATOR));
  }
}
