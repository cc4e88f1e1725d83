package io.capbench.viewer.review;

import io.capbench.storage.model.CaptionRow;
import io.capbench.storage.model.Decision;
import io.capbench.storage.workspace.NewDecision;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;

/** Gives rows tags and takes them away. FX thread only. */
public final class TagViewModel {
  private static final int SUGGESTIONS = 6;

  private final DecisionRecorder recorder;
  private final ReadOnlyObjectWrapper<List<String>> known =
      new ReadOnlyObjectWrapper<>(this, "known", List.of());

  TagViewModel(DecisionRecorder recorder) {
    this.recorder = recorder;
  }

  /** The tags of the workspace when they were read last, those of most rows first. */
  public ReadOnlyObjectProperty<List<String>> knownProperty() {
    return known.getReadOnlyProperty();
  }

  /** Reads the tags of the workspace anew. */
  public void refresh() {
    recorder.read(decisions -> decisions.tags(), known::set);
  }

  /** Why a text cannot be a tag, or empty if it can. */
  public Optional<String> problem(String text) {
    return NewDecision.tagProblem(text.strip());
  }

  /** Tags a row, unless it has that tag; says so if the text cannot be one. */
  public void add(CaptionRow row, String text) {
    Optional<String> problem = problem(text);
    if (problem.isPresent()) {
      recorder.complain(problem.get());
      return;
    }
    String tag = text.strip();
    recorder.add(
        decisions -> {
          String who = recorder.annotator();
          recorder.write(
              () -> {
                Decision before = DecisionRecorder.current(decisions, row.key(), who);
                if (before.tags().contains(tag)) {
                  return () -> recorder.noted(before, "The row has the tag \"" + tag + "\"");
                }
                Decision now = DecisionRecorder.append(decisions, NewDecision.tag(row, who, tag));
                return () -> noted(now, "Tagged row " + row.key().row() + " \"" + tag + "\"");
              });
          return true;
        });
  }

  /** Takes a tag from a row. */
  public void remove(CaptionRow row, String tag) {
    recorder.add(
        decisions -> {
          String who = recorder.annotator();
          recorder.write(
              () -> {
                Decision now = DecisionRecorder.append(decisions, NewDecision.untag(row, who, tag));
                return () ->
                    noted(now, "Removed the tag \"" + tag + "\" from row " + row.key().row());
              });
          return true;
        });
  }

  private void noted(Decision now, String did) {
    recorder.noted(now, did);
    refresh();
  }

  /**
   * Tags that a person may mean: those that begin with what was typed, then those that contain it.
   *
   * @param typed what was typed so far; empty for the most frequent tags
   * @param present tags that the row has, which are left out
   */
  public List<String> suggestions(String typed, List<String> present) {
    String wanted = typed.strip().toLowerCase(Locale.ROOT);
    List<String> fitting =
        known.get().stream()
            .filter(tag -> present.stream().noneMatch(tag::equalsIgnoreCase))
            .filter(tag -> tag.toLowerCase(Locale.ROOT).contains(wanted))
            .toList();
    return Stream.concat(
            fitting.stream().filter(tag -> begins(tag, wanted)),
            fitting.stream().filter(tag -> !begins(tag, wanted)))
        .limit(SUGGESTIONS)
        .toList();
  }

  private static boolean begins(String tag, String wanted) {
    return tag.toLowerCase(Locale.ROOT).startsWith(wanted);
  }
}
