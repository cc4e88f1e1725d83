package io.capbench.storage.workspace;

import io.capbench.storage.model.CaptionTrack;
import io.capbench.storage.model.ColumnMapping;
import io.capbench.storage.model.RowKey;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The scores of a dataset's rows by the names that queries have for them: a track's name stands for
 * the model that scored last, {@code LABEL:TRACK} for any model. What was scored when this was
 * made.
 */
public final class NamedScores {
  private final Scores scores;
  private final Map<String, ScoreSeries> series = new LinkedHashMap<>();

  /**
   * Looks up what was scored.
   *
   * @param fingerprints of the dataset's shards
   * @param mapping which tracks there are
   */
  public NamedScores(Scores scores, Set<String> fingerprints, ColumnMapping mapping) {
    this.scores = scores;
    String image = mapping.imageColumn();
    if (image == null) {
      return;
    }
    List<ScoreSeries> known =
        scores.series(fingerprints).stream()
            .filter(one -> one.columns().image().equals(image))
            .toList();
    if (known.isEmpty()) {
      return;
    }
    ScoredModel last = known.get(0).model();
    for (CaptionTrack track : mapping.tracks()) {
      ScoreSeries one = new ScoreSeries(last, new ScoreColumns(track.column(), image));
      if (known.contains(one)) {
        series.put(track.name(), one);
      }
    }
    for (ScoreSeries one : known) {
      for (CaptionTrack track : mapping.tracks()) {
        if (one.columns().caption().equals(track.column())) {
          series.putIfAbsent(one.model().label() + ":" + track.name(), one);
        }
      }
    }
  }

  /** What was scored, by name: the tracks' names in their order, then the others. */
  public Map<String, ScoreSeries> series() {
    return Collections.unmodifiableMap(series);
  }

  /**
   * The scores of these rows by name; what was not scored is left out.
   *
   * @param names as in {@link #series()}; others have no scores
   */
  public Map<RowKey, Map<String, Score>> of(Collection<String> names, Collection<RowKey> keys) {
    Map<RowKey, Map<String, Score>> rows = new HashMap<>();
    for (String name : names) {
      ScoreSeries one = series.get(name);
      if (one != null) {
        scores
            .of(one.model(), one.columns(), keys)
            .forEach(
                (key, score) ->
                    rows.computeIfAbsent(key, unknown -> new LinkedHashMap<>()).put(name, score));
      }
    }
    return rows;
  }
}
