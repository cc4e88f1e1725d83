package io.capbench.engine.fusion;

import io.capbench.engine.text.Detectors;
import io.capbench.engine.text.Flag;
import io.capbench.storage.model.CaptionRow;
import io.capbench.storage.model.CaptionTrack;
import io.capbench.storage.model.RowKey;
import io.capbench.storage.workspace.FusedCaptions;
import io.capbench.storage.workspace.FuserIdentity;
import io.capbench.storage.workspace.Fusion;
import io.capbench.storage.workspace.FusionColumns;
import io.capbench.storage.workspace.FusionSeries;
import java.util.Collection;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Keeps what one fuser makes of two tracks, with what the detectors find in it: the same for one
 * row as for many. Thread-safe.
 */
public final class FusionKeeper {
  private final FusedCaptions captions;
  private final CaptionTrack raw;
  private final CaptionTrack synthetic;
  private final FusionSeries series;
  private final Detectors detectors = new Detectors();

  /**
   * Makes the fuser known to the workspace.
   *
   * @param raw the track with the raw captions
   * @param synthetic the track with the synthetic captions
   * @throws io.capbench.storage.model.CapbenchException if that cannot be written
   */
  public FusionKeeper(
      FusedCaptions captions, FuserDescription by, CaptionTrack raw, CaptionTrack synthetic) {
    this.captions = captions;
    this.raw = raw;
    this.synthetic = synthetic;
    FuserIdentity identity =
        new FuserIdentity(by.sha256(), by.promptSha256(), by.dtype(), by.decoding());
    this.series =
        new FusionSeries(
            captions.use(identity, by.name()), new FusionColumns(raw.column(), synthetic.column()));
  }

  /** Where in the workspace it keeps them. */
  public FusionSeries series() {
    return series;
  }

  /** Why a row cannot be merged whatever the fuser is, if it cannot. */
  public Optional<String> missing(CaptionRow row) {
    if (row.caption(raw.name()) == null) {
      return Optional.of(FusionPrompt.missing("raw"));
    }
    return row.caption(synthetic.name()) == null
        ? Optional.of(FusionPrompt.missing("synthetic"))
        : Optional.empty();
  }

  /** The captions of a row that are to be merged; an empty text for one that it lacks. */
  public CaptionPair pair(CaptionRow row) {
    return new CaptionPair(text(row.caption(raw.name())), text(row.caption(synthetic.name())));
  }

  private static String text(@Nullable String caption) {
    return caption == null ? "" : caption;
  }

  /** What was made of these rows before, of whatever captions they had then. */
  Map<RowKey, Fusion> before(Collection<RowKey> keys) {
    return captions.of(series.fuser(), series.columns(), keys);
  }

  /** Whether something was made of the captions that a row has now. */
  boolean holds(Fusion before, CaptionRow row) {
    return before.text() != null && before.parentsHash().equals(hash(row));
  }

  /** What was made of the same two captions in another row, as it is kept for this one. */
  Optional<Fusion> same(CaptionRow row) {
    return captions
        .ofSameParents(series.fuser(), hash(row))
        .map(
            other ->
                new Fusion(
                    row.key(),
                    other.parentsHash(),
                    other.text(),
                    other.score(),
                    other.finish(),
                    other.flags(),
                    null));
  }

  /** A caption as it is kept. */
  public Fusion fused(CaptionRow row, FusedCaption caption) {
    return new Fusion(
        row.key(),
        hash(row),
        caption.text(),
        Double.isFinite(caption.score()) ? caption.score() : null,
        caption.finish().id(),
        flags(detectors, pair(row), caption),
        null);
  }

  /** A row that cannot be merged, as it is kept. */
  Fusion failed(CaptionRow row, String reason) {
    return Fusion.failed(row.key(), hash(row), reason);
  }

  /**
   * Keeps them, durable before this returns.
   *
   * @throws io.capbench.storage.model.CapbenchException if they cannot be written; then none was
   */
  public void keep(Collection<Fusion> fusions) {
    captions.put(series.fuser(), series.columns(), fusions);
  }

  /**
   * The ids of what the detectors find in a caption. One that was cut off by the longest length is
   * truncated, however its text looks.
   */
  public static List<String> flags(Detectors detectors, CaptionPair pair, FusedCaption caption) {
    Set<Flag> found = EnumSet.noneOf(Flag.class);
    found.addAll(detectors.detect(pair.raw(), pair.synthetic(), caption.text()));
    if (caption.finish() == Finish.LENGTH) {
      found.add(Flag.TRUNCATED);
    }
    return found.stream().map(Flag::id).toList();
  }

  private String hash(CaptionRow row) {
    return Fusion.parentsHash(row.caption(raw.name()), row.caption(synthetic.name()));
  }
}
