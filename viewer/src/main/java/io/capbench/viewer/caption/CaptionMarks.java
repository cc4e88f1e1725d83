package io.capbench.viewer.caption;

import io.capbench.engine.text.DroppedToken;
import io.capbench.engine.text.OriginToken;
import io.capbench.engine.text.Provenance;
import io.capbench.engine.text.ProvenanceAnalyzer;
import io.capbench.storage.model.CaptionRow;
import io.capbench.storage.model.CaptionTrack;
import io.capbench.storage.model.ColumnMapping;
import io.capbench.storage.model.TrackRole;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Marks the captions of a row by provenance: in fused captions where each word comes from, in their
 * parents what the first fused caption took and what it left out. Thread-safe.
 */
public final class CaptionMarks {
  private final ProvenanceAnalyzer analyzer;

  /** Marks with that analyser. */
  public CaptionMarks(ProvenanceAnalyzer analyzer) {
    this.analyzer = analyzer;
  }

  /**
   * Marks every caption of a row.
   *
   * @return marked captions by track name; tracks without a caption are absent
   */
  public Map<String, MarkedCaption> mark(CaptionRow row, ColumnMapping mapping) {
    Parents parents = new Parents(row, mapping);
    Map<String, MarkedCaption> marked = new LinkedHashMap<>();
    for (CaptionTrack track : mapping.tracks()) {
      String text = row.caption(track.name());
      if (text != null) {
        marked.put(track.name(), new MarkedCaption(text, marks(track, text, parents)));
      }
    }
    return marked;
  }

  /** Marks a caption that a person writes in place of the fused one. */
  public MarkedCaption markFused(CaptionRow row, ColumnMapping mapping, String text) {
    Parents parents = new Parents(row, mapping);
    return new MarkedCaption(
        text, origins(text, analyzer.analyze(parents.raw, parents.synthetic, text)));
  }

  private List<Mark> marks(CaptionTrack track, String text, Parents parents) {
    if (track.role() == TrackRole.FUSED) {
      return origins(text, analyzer.analyze(parents.raw, parents.synthetic, text));
    }
    String fused = parents.fused;
    if (fused == null) {
      return List.of();
    }
    if (track.name().equals(parents.rawTrack)) {
      return parentMarks(text, analyzer.analyze(text, parents.synthetic, fused), MarkKind.RAW);
    }
    if (track.name().equals(parents.syntheticTrack)) {
      return parentMarks(text, analyzer.analyze(parents.raw, text, fused), MarkKind.SYNTHETIC);
    }
    return List.of();
  }

  private static List<Mark> origins(String text, Provenance provenance) {
    List<Mark> marks = new ArrayList<>();
    for (OriginToken token : provenance.tokens()) {
      MarkKind.of(token.origin())
          .ifPresent(kind -> add(marks, new Mark(token.start(), token.end(), kind), text));
    }
    return marks;
  }

  /** Adds a mark; one that follows its like after a space or a hyphen makes a phrase with it. */
  private static void add(List<Mark> marks, Mark next, String text) {
    Mark last = marks.isEmpty() ? null : marks.get(marks.size() - 1);
    if (last != null && last.kind() == next.kind() && next.start() == last.end() + 1) {
      char between = text.charAt(last.end());
      if (between == ' ' || between == '-') {
        marks.set(marks.size() - 1, new Mark(last.start(), next.end(), next.kind()));
        return;
      }
    }
    marks.add(next);
  }

  private static List<Mark> parentMarks(String text, Provenance provenance, MarkKind kind) {
    List<DroppedToken> dropped =
        kind == MarkKind.RAW ? provenance.droppedRaw() : provenance.droppedSynthetic();
    List<Mark> marks = new ArrayList<>();
    for (DroppedToken token : dropped) {
      add(marks, new Mark(token.start(), token.end(), MarkKind.DROPPED), text);
    }
    return marks;
  }

  /** The captions that a row's provenance is about. */
  private static final class Parents {
    private final @Nullable String rawTrack;
    private final @Nullable String syntheticTrack;
    private final @Nullable String raw;
    private final @Nullable String synthetic;
    private final @Nullable String fused;

    Parents(CaptionRow row, ColumnMapping mapping) {
      rawTrack = name(mapping, TrackRole.RAW);
      syntheticTrack = name(mapping, TrackRole.SYNTHETIC);
      raw = rawTrack == null ? null : row.caption(rawTrack);
      synthetic = syntheticTrack == null ? null : row.caption(syntheticTrack);
      String fusedTrack = name(mapping, TrackRole.FUSED);
      fused = fusedTrack == null ? null : row.caption(fusedTrack);
    }

    private static @Nullable String name(ColumnMapping mapping, TrackRole role) {
      Optional<CaptionTrack> track = mapping.first(role);
      return track.isPresent() ? track.get().name() : null;
    }
  }
}
