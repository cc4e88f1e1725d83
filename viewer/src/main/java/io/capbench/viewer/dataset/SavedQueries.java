package io.capbench.viewer.dataset;

import io.capbench.storage.workspace.WorkspaceSettings;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;

/** Named filters and orders in a workspace. Every call uses the disk. */
final class SavedQueries {
  private static final String NAMES = "saved.names";
  private static final String SEPARATOR = "\n";

  private final WorkspaceSettings settings;

  SavedQueries(WorkspaceSettings settings) {
    this.settings = settings;
  }

  /** All of them, in the order in which they were named. */
  List<SavedQuery> all() {
    return names().stream().map(this::read).toList();
  }

  /** Keeps one, in place of another of that name. */
  void save(SavedQuery query) {
    settings.put(key("text", query.name()), query.text());
    settings.put(key("sql", query.name()), String.valueOf(query.sql()));
    settings.put(key("decided", query.name()), query.decided().name());
    settings.put(key("conditions", query.name()), query.conditions());
    settings.put(key("order", query.name()), query.order());
    settings.put(key("columns", query.name()), String.join(SEPARATOR, query.columns()));
    List<String> names = new ArrayList<>(names());
    if (!names.contains(query.name())) {
      names.add(query.name());
      settings.put(NAMES, String.join(SEPARATOR, names));
    }
  }

  /** Forgets the one of that name. */
  void delete(String name) {
    settings.put(
        NAMES,
        String.join(SEPARATOR, names().stream().filter(other -> !other.equals(name)).toList()));
    for (String part : List.of("text", "sql", "decided", "conditions", "order", "columns")) {
      settings.remove(key(part, name));
    }
  }

  private List<String> names() {
    return lines(settings.get(NAMES).orElse(""));
  }

  private SavedQuery read(String name) {
    DecisionFilter decided =
        settings
            .get(key("decided", name))
            .flatMap(DecisionFilter::named)
            .orElse(DecisionFilter.ALL);
    return new SavedQuery(
        name,
        settings.get(key("text", name)).orElse(""),
        settings.get(key("sql", name)).map(Boolean::parseBoolean).orElse(false),
        decided,
        settings.get(key("conditions", name)).orElse(""),
        settings.get(key("order", name)).orElse(""),
        Set.copyOf(lines(settings.get(key("columns", name)).orElse(""))));
  }

  private static List<String> lines(String text) {
    return text.isEmpty() ? List.of() : Arrays.asList(text.split(SEPARATOR));
  }

  private static String key(String part, String name) {
    return "saved." + part + ":" + name;
  }
}
